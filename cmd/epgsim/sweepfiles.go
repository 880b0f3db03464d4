package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"epgsim/sim/scenario"
)

func (a *app) sweepList() *cobra.Command {
	return a.list("List the shipped designs", scenario.ShippedDesigns(), func(w io.Writer) {
		for _, d := range scenario.ShippedDesigns() {
			fmt.Fprintf(w, "%s\t%s\t%d runs\t%s\n", d.Name, d.Method, d.Rows*d.Replications, d.Title)
		}
	}, "sweep")
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
	return a.fillIn("Write a design file to fill in",
		"new writes a design file in which every key stands with its meaning. Without FILE it prints it.",
		"  epgsim sweep new my-sweep.toml\n  epgsim sweep new | less",
		scenario.DesignTemplate, func(file string) string { return "epgsim sweep " + file + " --dry-run" })
}
