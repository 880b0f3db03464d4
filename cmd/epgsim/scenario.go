package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"epgsim/sim/scenario"
	"epgsim/sim/store"
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
	format := choice{value: "text", allowed: []string{"text", "json"}}
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the shipped scenarios",
		Example: `  epgsim scenario list
  epgsim scenario list --format json`,
		Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			if format.value == "json" {
				return a.json(scenario.Shipped())
			}
			w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
			for _, s := range scenario.Shipped() {
				fmt.Fprintf(w, "%s\t%s\t%s\n", s.Name, s.Form, s.Title)
			}
			return w.Flush()
		},
	}
	cmd.Flags().Var(&format, "format", "text or json")
	_ = cmd.RegisterFlagCompletionFunc("format", format.complete)
	return cmd
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
	cmd.Flags().StringArrayVar(&set, "set", nil, "change a parameter: --set project.years=5 (may be given again)")
	_ = cmd.RegisterFlagCompletionFunc("set", completeKeys)
	return cmd
}

func (a *app) scenarioNew() *cobra.Command {
	force := false
	cmd := &cobra.Command{
		Use:   "new [FILE]",
		Short: "Write a scenario file to fill in",
		Long:  "new writes a scenario file in which every key stands commented out, with meaning, unit, range, default and source. Without FILE it prints it.",
		Example: `  epgsim scenario new my-group.toml
  epgsim scenario new | less`,
		Args: atMostOneFile,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				_, err := a.out.Write(scenario.Template())
				return err
			}
			return a.writeNew(args[0], scenario.Template(), "epgsim compare "+args[0], force)
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "replace the file if there is one")
	return cmd
}

func atMostOneFile(cmd *cobra.Command, args []string) error {
	if len(args) > 1 {
		return usagef("%s takes one FILE, not %d", words(cmd), len(args))
	}
	return nil
}

// writeNew writes a file to fill in, and says what to do with it then.
func (a *app) writeNew(path string, template []byte, then string, force bool) error {
	if err := store.NewFile(path, template, force); err != nil {
		return fileError(path, err)
	}
	fmt.Fprintf(a.out, "Wrote %s. Change what you know, then: %s\n", path, then)
	return nil
}

// fileError makes an error of usage of what comes of naming as a file what can
// never be one.
func fileError(path string, err error) error {
	folder := filepath.Dir(path)
	is := func(path string) bool { info, e := os.Stat(path); return e == nil && info.IsDir() }
	switch _, e := os.Stat(folder); {
	case errors.Is(e, os.ErrNotExist):
		return usagef("%s: cannot be written, there is no folder %s; make it first", path, folder)
	case e == nil && !is(folder):
		return usagef("%s: cannot be written, %s is a file, not a folder", path, folder)
	case is(path):
		return usagef("%s: cannot be written, it is a folder; name a file", path)
	case errors.Is(err, os.ErrExist):
		return usageError{err}
	}
	return err
}

func (a *app) scenarioCheck() *cobra.Command {
	return &cobra.Command{
		Use:   "check SCENARIO...",
		Short: "Say what is wrong with scenario files",
		Example: `  epgsim scenario check food-products
  epgsim scenario check base open-group`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("scenario check wants at least one SCENARIO: a file, or one of the names that 'epgsim scenario list' shows")
			}
			return nil
		},
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
				}
			}
			if len(problems) > 0 {
				return problems
			}
			return nil
		},
	}
}

// json prints a value for programs.
func (a *app) json(v any) error {
	e := json.NewEncoder(a.out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
