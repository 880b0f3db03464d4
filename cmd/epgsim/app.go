package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"epgsim/cmd/internal/tell"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
	"epgsim/sim/store"
)

// version is the program's; it stands in every manifest.
const version = "0.1.0"

// Exit codes. Whatever schedules epgsim may rely on 2 never being worth a retry.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitInterrupted = 130
	exitPipe        = 141 // nobody reads any more; not worth a word
)

// app is one call of the program: where it writes and how it tells the time.
type app struct {
	out, err io.Writer
	args     []string
	now      func() time.Time
	as       *store.Manifest // of what is made again, to be compared; else nil
	only     []store.Part    // that a sweep runs, of those missing; nil: all
}

// usageError is a mistake of the user's.
type usageError struct{ error }

// interrupted is how the user's wish to end ends a command: it says what becomes
// of its work.
type interrupted string

const (
	errInterrupted interrupted = "interrupted; nothing was written" // where nothing else is said
	errKept        interrupted = "interrupted; what was finished is kept"
	errServed      interrupted = "the page is closed"
)

func (i interrupted) Error() string { return string(i) }
func (interrupted) Unwrap() error   { return context.Canceled }

// kept makes of an interruption one that keeps what was finished, with which
// the same command goes on.
func (a *app) kept(err error) error {
	if experiment.Interrupted(err) {
		return interrupted(fmt.Sprintf("%s; to go on: %s", errKept, a.typed()))
	}
	return err
}

// typed is the command as one may type it, with more flags: behind all words,
// but before a "--", after which nothing is a flag.
func (a *app) typed(more ...string) string {
	end := slices.Index(a.args, "--")
	if end < 0 {
		end = len(a.args)
	}
	text := "epgsim"
	for _, word := range slices.Concat(a.args[:end], more, a.args[end:]) {
		text += " " + tell.ShellWord(word)
	}
	return text
}

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

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

// exitCode says how an error ends the program.
func exitCode(err error) int {
	var problems scenario.Problems
	var usage usageError
	var changed *store.ChangedError
	switch {
	case err == nil:
		return exitDone
	case experiment.Interrupted(err):
		return exitInterrupted
	case errors.As(err, &problems), errors.As(err, &usage), errors.As(err, &changed),
		errors.Is(err, store.ErrNotEmpty), errors.Is(err, store.ErrForeign):
		return exitUsage
	}
	return exitFailed
}

// message is what the user reads about an error: each problem on a line of its
// own, and for mistakes in words typed, where to read on.
func message(cmd *cobra.Command, err error) string {
	var problems scenario.Problems
	if errors.As(err, &problems) {
		return tell.Harmless(problems.Error()) + "\n"
	}
	text := "epgsim: " + tell.Harmless(err.Error()) + "\n"
	var usage usageError
	if errors.As(err, &usage) {
		text += fmt.Sprintf("See '%s --help'.\n", cmd.CommandPath())
	}
	return text
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
	root.AddCommand(a.compare(), a.explain(), a.run(), a.trace(), a.serve(), a.scenario(), a.claims(), a.sweep(), a.sensitivity(), a.verify(), a.parameters(), a.versionCommand())
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

// flagError names the nearest flag when one is unknown.
func flagError(cmd *cobra.Command, err error) error {
	var invalid *pflag.InvalidValueError
	if errors.As(err, &invalid) {
		return usagef("--%s = %s: %s", invalid.GetFlag().Name, invalid.GetValue(), allowedOf(invalid))
	}
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) {
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		if near := scenario.Nearest(unknown.GetSpecifiedName(), names); near != "" {
			return usagef("unknown flag --%s; did you mean --%s?", unknown.GetSpecifiedName(), near)
		}
	}
	return usageError{err}
}

// allowedOf says what a flag takes.
func allowedOf(e *pflag.InvalidValueError) string {
	switch e.GetFlag().Value.Type() {
	case "int", "uint64":
		return "must be a whole number, written in digits"
	case "bool":
		return "must be true or false"
	}
	return e.Unwrap().Error()
}

// completeScenario offers the shipped scenarios and lets the shell offer files,
// for the one word that most commands take.
func completeScenario(cmd *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return completeScenarios(cmd, args, word)
}

func completeScenarios(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var names []string
	for _, s := range scenario.Shipped() {
		names = append(names, s.Name+"\t"+s.Title)
	}
	return names, cobra.ShellCompDirectiveDefault
}
