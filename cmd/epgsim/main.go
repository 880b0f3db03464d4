// Command epgsim simulates export partner groups. See the README for what it
// does, and `epgsim help` for the words it understands.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// What a terminal sends that is closed, and what comes of writing to a pipe that
// nobody reads. Not every system has the names.
const (
	hangup     = syscall.Signal(1)
	brokenPipe = syscall.Signal(13)
)

func main() {
	ends := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(hangup) { // as after nohup
		ends = append(ends, hangup)
	}
	ctx, stop := signal.NotifyContext(context.Background(), ends...)
	context.AfterFunc(ctx, func() {
		signal.Reset(os.Interrupt) // who presses Ctrl-C twice does not want to wait
		// A scheduler tells every process of a job, and shells pass on what they
		// are told: only later is it meant when it is said again.
		time.Sleep(time.Second)
		stop()
	})
	// Who prints where nobody reads first brings to an end what is on its way.
	signal.Notify(make(chan os.Signal, 1), brokenPipe)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	if code == exitPipe { // now it may end as other programs do
		signal.Reset(brokenPipe)
		_, _ = os.Stdout.WriteString("\n")
	}
	os.Exit(code)
}
