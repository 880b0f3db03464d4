package main

import (
	"context"

	"github.com/spf13/cobra"

	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
)

func (a *app) run() *cobra.Command {
	o := &options{}
	cmd := &cobra.Command{
		Use:   "run SCENARIO",
		Short: "Run a scenario as it is written, many times",
		Long: `run simulates the scenario as it is written, many replications of it, and writes a
table, figures, a self-contained HTML report and data files.

--vary runs variants of it side by side.`,
		Example: `  epgsim run base
  epgsim run boat-building-system --set project.years=5 --replications 2000`,
		Args:              scenarios.demand(),
		ValidArgsFunction: scenarios.complete(),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runComparison(cmd, args, o, runUsually, tellRun)
		},
	}
	o.add(cmd, 500)
	o.addVariants(cmd)
	return cmd
}

// runUsually is what run runs when --vary does not say: the scenario as it is.
func runUsually(s *scenario.Scenario) variation {
	p := s.Frozen()
	return variation{variants: []experiment.Variant{{Key: "scenario", Name: s.Name, Params: p}}, years: []float64{p.Project.Years}}
}

func tellRun(_ context.Context, w *comparing) error { return w.results.TellRun(w.app.out, w.c) }
