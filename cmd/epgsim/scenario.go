package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"epgsim/sim/scenario"
)

func (a *app) scenario() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "scenario",
		Short: "List, show, write and check scenario files",
		Example: `  epgsim scenario list
  epgsim scenario new my-group.toml`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.scenarioList(), a.scenarioShow(), a.scenarioNew(), a.scenarioCheck())
	return cmd
}

func (a *app) scenarioList() *cobra.Command {
	return a.list("List the shipped scenarios", scenario.Shipped(), func(w io.Writer) {
		group := ""
		for k, s := range scenario.Shipped() {
			if s.Group != group {
				if group = s.Group; k > 0 {
					fmt.Fprintln(w)
				}
				fmt.Fprintf(w, "%s\n", group)
			}
			fmt.Fprintf(w, "  %s\t%s\t%s\n", s.Name, s.Form, s.Title)
		}
	}, "scenario")
}

func (a *app) scenarioShow() *cobra.Command {
	var set []string
	cmd := &cobra.Command{
		Use:   "show SCENARIO",
		Short: "Print a scenario fully resolved",
		Long:  "show prints every parameter of a scenario with its value, extended and defaulted ones included. What it prints is a scenario file.",
		Example: `  epgsim scenario show food-products
  epgsim scenario show base --set group.focus=1`,
		Args:              oneScenario,
		ValidArgsFunction: completeScenario,
		RunE: func(_ *cobra.Command, args []string) error {
			s, err := load(args[0], set)
			if err != nil {
				return err
			}
			_, err = a.out.Write(s.TOML())
			return err
		},
	}
	addSet(cmd, &set, "")
	return cmd
}

func (a *app) scenarioNew() *cobra.Command {
	return a.fillIn("Write a scenario file to fill in",
		"new writes a scenario file in which every key stands commented out, with meaning, unit, range, default and source. Without FILE it prints it.",
		"  epgsim scenario new my-group.toml\n  epgsim scenario new | less",
		scenario.Template, func(file string) string { return "epgsim compare " + file })
}

func (a *app) scenarioCheck() *cobra.Command {
	return &cobra.Command{
		Use:   "check SCENARIO...",
		Short: "Say what is wrong with scenario files",
		Example: `  epgsim scenario check food-products
  epgsim scenario check base open-group`,
		Args:              atLeastOne("at least one SCENARIO: a file, or one of the names that 'epgsim scenario list' shows"),
		ValidArgsFunction: completeScenarios,
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
