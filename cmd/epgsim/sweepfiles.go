package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"epgsim/sim/scenario"
)

func (a *app) sweepList() *cobra.Command {
	format := choice{value: "text", allowed: []string{"text", "json"}}
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the shipped designs",
		Example: `  epgsim sweep list
  epgsim sweep list --format json`,
		Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			if format.value == "json" {
				return a.json(scenario.ShippedDesigns())
			}
			w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
			for _, d := range scenario.ShippedDesigns() {
				fmt.Fprintf(w, "%s\t%s\t%d runs\t%s\n", d.Name, d.Method, d.Rows*d.Replications, d.Title)
			}
			return w.Flush()
		},
	}
	cmd.Flags().Var(&format, "format", "text or json")
	_ = cmd.RegisterFlagCompletionFunc("format", format.complete)
	return cmd
}

func (a *app) sweepShow() *cobra.Command {
	return &cobra.Command{
		Use:   "show DESIGN",
		Short: "Print a design fully resolved",
		Long:  "show prints a design with every factor and its range. It names the scenario scenario.toml, which a sweep writes beside it.",
		Example: `  epgsim sweep show focus-by-years
  epgsim sweep show system-screening`,
		Args:              oneDesign,
		ValidArgsFunction: completeDesign,
		RunE: func(_ *cobra.Command, args []string) error {
			d, err := scenario.LoadDesign(args[0])
			if err != nil {
				return err
			}
			_, err = a.out.Write(d.TOML())
			return err
		},
	}
}

func (a *app) sweepNew() *cobra.Command {
	force := false
	cmd := &cobra.Command{
		Use:   "new [FILE]",
		Short: "Write a design file to fill in",
		Long:  "new writes a design file in which every key stands with its meaning. Without FILE it prints it.",
		Example: `  epgsim sweep new my-sweep.toml
  epgsim sweep new | less`,
		Args: atMostOneFile,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				_, err := a.out.Write(scenario.DesignTemplate())
				return err
			}
			return a.writeNew(args[0], scenario.DesignTemplate(), "epgsim sweep "+args[0]+" --dry-run", force)
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "replace the file if there is one")
	return cmd
}
