package main

import (
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/spf13/cobra"

	"epgsim/sim/scenario"
)

// scenarios are the files that most commands run.
var scenarios = shelf{
	verb: "scenario", arg: "SCENARIO", wanted: "a SCENARIO", one: "a scenario", many: "scenarios",
	stock: stockOf(scenario.Shipped, func(s *scenario.Info) (string, string) { return s.Name, s.Title }, func(w io.Writer, all []scenario.Info) {
		group := ""
		for k, s := range all {
			if s.Group != group {
				if group = s.Group; k > 0 {
					fmt.Fprintln(w)
				}
				fmt.Fprintf(w, "%s\n", group)
			}
			fmt.Fprintf(w, "  %s\t%s\t%s\n", s.Name, s.Form, s.Title)
		}
	}),
	shows:      "show prints every parameter of a scenario with its value, extended and defaulted ones included. What it prints is a scenario file.",
	examples:   [2]string{"food-products", "base --set group.focus=1"},
	begins:     "Write a scenario file to fill in",
	beginsWith: "new writes a scenario file in which every key stands commented out, with meaning, unit, range, default and source. Without FILE it prints it.",
	template:   scenario.Template, file: "my-group.toml", then: "epgsim compare FILE",
}

func (a *app) scenario() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "scenario",
		Short: "List, show, write and check scenario files",
		Example: `  epgsim scenario list
  epgsim scenario new my-group.toml`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	of, set := scenarios, []string{}
	of.resolved = func(name string) ([]byte, error) {
		s, err := load(name, set)
		if err != nil {
			return nil, err
		}
		return s.TOML(), nil
	}
	show := a.show(&of)
	addSet(show, &set, "")
	cmd.AddCommand(a.list(&of), show, a.begin(&of), a.scenarioCheck())
	return cmd
}

func (a *app) scenarioCheck() *cobra.Command {
	return &cobra.Command{
		Use:   "check SCENARIO...",
		Short: "Say what is wrong with scenario files",
		Example: `  epgsim scenario check food-products
  epgsim scenario check base open-group`,
		Args:              arguments(1, math.MaxInt, scenarios.arg, scenarios.which("at least one SCENARIO")),
		ValidArgsFunction: scenarios.completeAll(),
		RunE: func(_ *cobra.Command, args []string) error {
			var problems scenario.Problems
			for _, name := range args {
				s, err := readScenario(name)
				if err := collect(&problems, err); err != nil {
					return err
				}
				if err == nil {
					fmt.Fprintf(a.out, "%s: good (%s, %d SMEs, %s focus)\n", name, strings.TrimSpace(s.Title), s.Params.Size(), s.Form())
					a.warn(s)
				}
			}
			if len(problems) > 0 {
				return problems
			}
			return nil
		},
	}
}
