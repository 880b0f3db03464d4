package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"epgsim/cmd/internal/report"
	"epgsim/cmd/internal/tell"
	"epgsim/sim/decide"
	"epgsim/sim/scenario"
)

// addWorlds declares --worlds of a command that has no worlds without it, or draws
// them from the plausible ranges then.
func addWorlds(cmd *cobra.Command, at *string, usage string) {
	cmd.Flags().Var(location{at}, "worlds", usage)
	completeWorlds(cmd)
}

func completeWorlds(cmd *cobra.Command) {
	_ = cmd.RegisterFlagCompletionFunc("worlds", cobra.FixedCompletions([]string{report.Plausible + "\tdrawn from the plausible ranges"}, cobra.ShellCompDirectiveDefault))
}

// worldsOf reads the worlds that --worlds names; nil for the plausible ranges, and
// where it says nothing.
func worldsOf(name string) (*scenario.Worlds, error) {
	if name == "" || name == report.Plausible {
		return nil, nil
	}
	return report.ReadWorlds(name)
}

// source says where the worlds of a command come from that has none without it.
type source struct {
	worlds  string   // file of worlds, or report.Plausible; "" for none
	unknown []string // parameters that differ between them; see scenario.Scenario.Drawing
}

func (s *source) add(cmd *cobra.Command, usage string) {
	addWorlds(cmd, &s.worlds, usage)
	addUnknown(cmd, &s.unknown)
}

// drawing draws the worlds of a design or a programme; nil where none are asked for.
func (s *source) drawing(of interface {
	Drawing(from string, names []string, w *scenario.Worlds) (*scenario.Drawing, error)
}) (*scenario.Drawing, error) {
	switch {
	case s.worlds == "" && len(s.unknown) > 0:
		return nil, usagef("--unknown goes with --worlds")
	case s.worlds == "":
		return nil, nil
	}
	w, err := worldsOf(s.worlds)
	if err != nil {
		return nil, err
	}
	d, err := of.Drawing("--unknown", s.unknown, w)
	if err == nil && len(d.Unknowns) == 0 {
		err = nothingUnknown(decide.ErrNothingUnknown)
	}
	return d, err
}

func addUnknown(cmd *cobra.Command, at *[]string) {
	cmd.Flags().StringSliceVar(at, "unknown", nil, "parameters that differ between worlds, or all: --unknown group.technology,trust.start (default those that nobody has measured and the scenario does not say)")
	_ = cmd.RegisterFlagCompletionFunc("unknown", completeKeys)
}

// of draws the unknowns that --unknown names, or else the scenario's own, from
// the worlds of a file as far as it has them.
func (s *source) of(from *scenario.Scenario) (*scenario.Drawing, error) {
	worlds, err := worldsOf(s.worlds)
	if err != nil {
		return nil, err
	}
	names := s.unknown
	if len(names) == 1 && names[0] == "all" {
		names = from.EveryUnknown()
	}
	return from.Drawing("--unknown", names, worlds)
}

func nothingUnknown(err error) error {
	return usagef("%v; name some: --unknown group.technology,trust.start, or --unknown all", err)
}

// countOrFile is --worlds of decide: how many, or a file to draw them from.
type countOrFile struct {
	count *int
	file  *string
}

func (countOrFile) String() string { return "" }

func (countOrFile) Type() string { return "N|FILE" }

func (c countOrFile) Set(text string) error {
	if strings.Trim(text, "-0123456789") != "" || text == "" {
		return location{c.file}.Set(text)
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return fmt.Errorf("must be a whole number of worlds, or a file of them")
	}
	*c.count = n
	return nil
}

// tellDrawing says once what comes from worlds of a file, and what does not.
func (a *app) tellDrawing(d *scenario.Drawing, worlds int, seed uint64) {
	if d == nil {
		return
	}
	a.tellWorlds(d.Worlds, worlds, seed)
	if d.Worlds == nil || a.as != nil {
		return
	}
	a.listNames("Not in it, so drawn from the plausible ranges", d.Ranges)
	a.listNames(fixedNames, d.Fixed)
}

const fixedNames = "In it, but fixed here, or without effect"

// listNames lists the first few of some names on a line, if there are any.
func (a *app) listNames(what string, names []string) {
	const most = 8
	if more := len(names) - most; more > 1 {
		names = append(names[:most:most], fmt.Sprintf("and %d more", more))
	}
	if len(names) > 0 {
		fmt.Fprintf(a.err, "%s: %s\n", what, strings.Join(names, ", "))
	}
}

// tellWorlds says what a file of worlds is, and how many different ones are drawn.
func (a *app) tellWorlds(w *scenario.Worlds, worlds int, seed uint64) {
	if w == nil || a.as != nil {
		return
	}
	text := fmt.Sprintf("%s: %s of %s, worth %.0f of equal weight", w.File, tell.Plural(len(w.Rows), "world", "worlds"), tell.Plural(len(w.Factors), "parameter", "parameters"), w.Effective())
	if w.Origins != nil {
		text += fmt.Sprintf(" (they come from %s)", tell.Plural(w.Simulated(), "simulated world", "simulated worlds"))
	}
	if different, effectively := w.Different(worlds, seed); different < worlds {
		text += fmt.Sprintf("; %d draws are of %d different ones, and say as much as %.0f", worlds, different, effectively)
	}
	to := tell.HarmlessWriter(a.err)
	fmt.Fprintln(to, text)
	if w.Few() {
		fmt.Fprintln(to, "Warning: the calibration kept few worlds: ranges may be a third too narrow or too wide. Calibrate with more: --count")
	}
	if model, err := report.ModelHash(); err == nil && w.Model != "" && w.Model != model {
		fmt.Fprintln(to, "Warning: the worlds were found with another version of the model; what they say may not hold for this one. Calibrate again")
	}
}
