// Command epgsim simulates export partner groups. See the README for what it
// does, and `epgsim help` for the words it understands.
//
// Here words typed become calls: a file for each verb, flags, errors and exit
// codes. What verbs leave and print is made below. Imports run downwards:
//
//	cmd/epgsim             the command line
//	cmd/internal/report    tables, figures, pages, data sets, ledgers
//	cmd/internal/verify    results compared with what is made again
//	cmd/internal/cluster   scripts for schedulers
//	cmd/internal/teach     the lesson
//	cmd/internal/tell      events and values in words, which those four use
//	plots, sim/claims      →  sim/experiment, scenario, store, analysis  →  sim
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"
)

// The signals of a closed terminal and of a pipe without a reader. Not every
// system has names for them.
const (
	hangup     = syscall.Signal(1)
	brokenPipe = syscall.Signal(13)
)

func main() {
	// The runtime of Go ends a program that crashes with 2, which is the code of
	// wrong input here: it shall end of SIGABRT.
	debug.SetTraceback("crash")
	ends := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(hangup) { // as after nohup
		ends = append(ends, hangup)
	}
	ctx, stop := signal.NotifyContext(context.Background(), ends...)
	context.AfterFunc(ctx, func() {
		signal.Reset(os.Interrupt) // a second Ctrl-C ends the program at once
		// A scheduler signals every process of a job, and shells pass signals on.
		// A repeated signal counts only after a second.
		time.Sleep(time.Second)
		stop()
	})
	// A pipe without a reader must not end the program before files are whole.
	signal.Notify(make(chan os.Signal, 1), brokenPipe)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	if code == exitPipe { // end of the signal, as other programs do
		signal.Reset(brokenPipe)
		_, _ = os.Stdout.WriteString("\n")
	}
	os.Exit(code)
}
