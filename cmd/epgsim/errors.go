package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"epgsim/cmd/internal/tell"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
	"epgsim/sim/store"
)

// Exit codes. Whatever schedules epgsim may rely on 2 never being worth a retry.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitInterrupted = 130
	exitPipe        = 141 // the reader of standard output is gone; nothing is said
)

// usageError is a mistake of the user's.
type usageError struct{ error }

// interrupted is the error of a command that the user ended. It says what
// becomes of the work.
type interrupted string

const (
	errInterrupted interrupted = "interrupted; nothing was written" // where nothing else is said
	errKept        interrupted = "interrupted; what was finished is kept"
	errServed      interrupted = "the page is closed"
)

func (i interrupted) Error() string { return string(i) }
func (interrupted) Unwrap() error   { return context.Canceled }

// kept turns an interruption into one that says that finished work is kept, and
// which command goes on with it.
func (a *app) kept(err error) error {
	if experiment.Interrupted(err) {
		return interrupted(fmt.Sprintf("%s; to go on: %s", errKept, a.typed()))
	}
	return err
}

// typed is the command as it was typed, with more flags. They stand behind all
// words, but before a "--", after which no word is a flag.
func (a *app) typed(more ...string) string {
	end := slices.Index(a.args, "--")
	if end < 0 {
		end = len(a.args)
	}
	return tell.ShellWords(slices.Concat([]string{"epgsim"}, a.args[:end], more, a.args[end:]))
}

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

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
		errors.Is(err, store.ErrNotEmpty), errors.Is(err, store.ErrForeign), errors.Is(err, store.ErrTooManyRows),
		errors.Is(err, store.ErrName), errors.Is(err, syscall.ENAMETOOLONG):
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
	if e.GetFlag().Value.Type() == "bool" {
		return "must be true or false"
	}
	return e.Unwrap().Error()
}

// placeError makes an error of usage of a path that can never be a directory.
func placeError(path string, err error) error {
	if info, e := os.Stat(path); errors.Is(err, syscall.ENOTDIR) || e == nil && !info.IsDir() {
		return usageError{fmt.Errorf("--out %w", err)}
	}
	return err
}
