package main

import (
	"context"

	"github.com/spf13/cobra"

	"epgsim/sim/experiment"
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
		Args:              oneScenario,
		ValidArgsFunction: completeScenario,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.check(); err != nil {
				return err
			}
			o.again = wordsAgain(cmd)
			return a.runRun(cmd.Context(), args[0], o)
		},
	}
	o.add(cmd, 500)
	o.addVariants(cmd)
	return cmd
}

func (a *app) runRun(ctx context.Context, name string, o *options) error {
	s, v, err := o.read(name)
	if err != nil {
		return err
	}
	p := s.Frozen()
	if len(v.variants) == 0 {
		v.variants = []experiment.Variant{{Key: "scenario", Name: s.Name, Params: p}}
	}
	if len(v.years) == 0 {
		v.years = []float64{p.Project.Years}
	}
	w, err := a.comparing("run", s, o, v)
	if err != nil {
		return err
	}
	defer w.results.Close()
	if err := w.simulate(ctx); err != nil {
		return err
	}
	var alone *experiment.Additionality
	if len(w.c.Variants) == 1 {
		if alone, err = w.alone(ctx); err != nil {
			return err
		}
	}
	return w.results.TellRun(a.out, w.c, alone)
}

// alone runs each SME of the scenario without the group.
func (w *comparing) alone(ctx context.Context) (alone *experiment.Additionality, err error) {
	p := w.c.Variants[0].Params
	p.Project.Years = w.c.Own
	err = w.work("each SME alone", w.c.Plan.Replications*experiment.AloneArms(p.Size()), func(done func(int)) error {
		alone, err = experiment.Alone(ctx, p, w.c.Plan, done)
		return err
	})
	return alone, err
}
