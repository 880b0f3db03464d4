package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"epgsim/cmd/internal/report"
	"epgsim/cmd/internal/tell"
	"epgsim/sim/store"
)

// app is one call of the program: where it writes and how it tells the time.
type app struct {
	out, err io.Writer
	args     []string
	now      func() time.Time
	as       *store.Manifest // of what is made again, to be compared; else nil
	only     []store.Part    // that a sweep runs, of those missing; nil: all
}

// run is the whole program but for the process around it.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	out := &sticky{w: stdout}
	a := &app{out: out, err: stderr, args: args, now: time.Now}
	root := a.root()
	root.SetArgs(args)
	cmd, err := root.ExecuteContextC(ctx)
	if err != nil && strings.HasPrefix(err.Error(), "if any flags in the group") {
		err = usageError{err} // cobra has no type for it
	}
	if out.err != nil && (err == nil || errors.Is(err, out.err)) {
		if errors.Is(out.err, syscall.EPIPE) {
			return exitPipe
		}
		err = fmt.Errorf("cannot write to standard output: %w", out.err)
	}
	code := exitCode(err)
	switch code {
	case exitDone:
	case exitInterrupted:
		end := errInterrupted
		errors.As(err, &end)
		fmt.Fprintln(stderr, "epgsim: "+tell.Harmless(end.Error()))
	default:
		fmt.Fprint(stderr, message(cmd, err))
	}
	return code
}

// program is this program as files name it. What is made again to be compared
// bears the name of the program that made the other, so that only what is
// computed counts.
func (a *app) program() (*report.Program, error) {
	p := &report.Program{Version: version, Args: a.args, Now: a.now}
	if a.as != nil {
		p.Version, p.Model = a.as.Version, a.as.ModelHash
		return p, nil
	}
	var err error
	p.Model, err = report.ModelHash()
	return p, err
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "epgsim",
		Short: "Simulate export partner groups",
		Long: `epgsim simulates export partner groups: four to six small firms and a jointly
hired export manager who, in a publicly funded project of one to three years,
try to win customers abroad. It shows how interaction, trust and deals evolve
when the group is organised by markets, by customers or as a system.

SCENARIO is a file or the name of a shipped scenario (epgsim scenario list).`,
		Example: `  epgsim compare food-products
  epgsim run boat-building-system --set project.years=5`,
		Args:          noArguments,
		SilenceUsage:  true,
		SilenceErrors: true,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(flagError)
	root.SetHelpTemplate(helpTemplate)
	root.AddCommand(a.compare(), a.decide(), a.explain(), a.run(), a.trace(), a.serve(), a.scenario(), a.claims(), a.sweep(), a.sensitivity(), a.programme(), a.calibrate(), a.verify(), a.parameters(), a.versionCommand())
	decimalFlags(root)
	root.SetOut(a.out) // before ownWords: cobra's completion keeps it
	root.SetErr(a.err)
	ownWords(root)
	help := root.HelpFunc()
	root.SetHelpFunc(func(cmd *cobra.Command, args []string) { // which prints errors of its own otherwise
		var text bytes.Buffer
		cmd.SetOut(&text)
		help(cmd, args)
		_, _ = a.out.Write(text.Bytes()) // an error is kept
	})
	return root
}

// helpTemplate puts two examples that work as they stand before everything
// else.
const helpTemplate = `{{with .Example}}Examples:
{{.}}

{{end}}{{with (or .Long .Short)}}{{. | trimTrailingWhitespaces}}

{{end}}{{if or .Runnable .HasSubCommands}}{{.UsageString}}{{end}}`
