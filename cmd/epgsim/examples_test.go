package main

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"epgsim/sim/decide"
	"epgsim/sim/scenario"
)

// everyCommand calls f with each command of the program, cobra's own included.
func everyCommand(f func(*cobra.Command)) {
	var walk func(*cobra.Command)
	walk = func(cmd *cobra.Command) {
		f(cmd)
		for _, c := range cmd.Commands() {
			walk(c)
		}
	}
	walk((&app{out: io.Discard, err: io.Discard, now: time.Now}).root())
}

// Every help begins with two examples, of flags, arguments and names that the
// command takes. The long form runs them.
func TestExamplesWorkAsTheyStand(t *testing.T) {
	t.Parallel()
	commands := 0
	everyCommand(func(cmd *cobra.Command) {
		commands++
		path := cmd.CommandPath()
		lines := strings.Split(cmd.Example, "\n")
		if len(lines) != 2 {
			t.Errorf("%s: %d examples, want 2: %q", path, len(lines), cmd.Example)
		}
		help := done(t, append(strings.Fields(path)[1:], "--help")...)
		if want := "Examples:\n" + cmd.Example + "\n\n"; !strings.HasPrefix(help, want) {
			t.Errorf("%s --help begins with %.200q, want %q", path, help, want)
		}
		for _, line := range lines {
			if !strings.HasPrefix(line, "  epgsim ") {
				t.Errorf("%q: an example is a command line, indented by two blanks", line)
			}
			command := parsed(t, line)
			if !strings.HasPrefix(command.CommandPath()+" ", path+" ") && cmd.HasParent() && cmd.Name() != "help" {
				t.Errorf("%s: the example %q calls %s", path, line, command.CommandPath())
			}
			if !asked {
				continue
			}
			t.Run(strings.TrimSpace(line), func(t *testing.T) {
				t.Parallel()
				dir := t.TempDir()
				before(t, dir, command.CommandPath())
				example(t, dir, line, command)
			})
		}
	})
	if commands < 16 {
		t.Errorf("found %d commands, there are more", commands)
	}
}

// parsed is the command that a line calls, if there is such a command and it
// takes these flags, as many arguments, and scenarios and designs of these
// names. A name that ends in .toml is a file of the user's.
func parsed(t *testing.T, line string) *cobra.Command {
	t.Helper()
	line, _, _ = strings.Cut(line, "#")
	line, _, _ = strings.Cut(line, "|")
	line, _, _ = strings.Cut(line, ">")
	if strings.ContainsAny(line, `'"$\;&<`) {
		t.Fatalf("%s: words that need a shell; this test only splits at blanks", line)
	}
	cmd, rest, err := (&app{out: io.Discard, err: io.Discard, now: time.Now}).root().Find(strings.Fields(line)[1:])
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	cmd.InitDefaultHelpFlag()
	if err := cmd.ParseFlags(rest); err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	args := cmd.Flags().Args()
	if err := cmp.Or(cmd.ValidateArgs(args), cmd.ValidateRequiredFlags(), cmd.ValidateFlagGroups()); err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	set, _ := cmd.Flags().GetStringArray("set")
	varied, _ := cmd.Flags().GetStringArray("vary")
	for _, name := range args {
		switch {
		case strings.HasSuffix(name, ".toml"):
		case strings.Contains(cmd.Use, "DECISION"):
			if _, err := scenario.LoadDecision(name, decide.Derived()...); err != nil {
				t.Errorf("%s: %v", line, err)
			}
		case strings.Contains(cmd.Use, "SCENARIO"):
			s, err := load(name, set)
			if err == nil {
				_, err = vary(s, varied)
			}
			if err != nil {
				t.Errorf("%s: %v", line, err)
			}
		case strings.Contains(cmd.Use, "DESIGN"):
			if _, err := loadDesign(name, set); err != nil {
				t.Errorf("%s: %v", line, err)
			}
		}
	}
	return cmd
}

// before does what commands that look at a finished job want done before.
func before(t *testing.T, dir, command string) {
	t.Helper()
	job := ""
	switch command {
	case "epgsim sweep status", "epgsim sweep export", "epgsim sweep merge":
		job = "sweep focus-by-years --replications 2 --quiet"
	case "epgsim verify":
		job = "compare food-products --replications 2 --quiet"
	default:
		return
	}
	cmd := exec.Command("epgsim", strings.Fields(job)...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("epgsim %s: %v\n%s", job, err, out)
	}
}

// example runs an example in a directory: what stands before a pipe or a
// remark, with fewer replications and worlds, for time.
func example(t *testing.T, dir, line string, target *cobra.Command) {
	line, _, _ = strings.Cut(line, "#")
	line, _, _ = strings.Cut(line, "|")
	words := strings.Fields(line)[1:]
	// And at a port that is free here.
	fewer := []string{"--replications=2", "--quiet", "--listen=127.0.0.1:0"}
	if target.Name() == "decide" {
		fewer = []string{"--replications=1", "--worlds=30", "--most=60", "--quiet"}
	}
	for _, f := range fewer {
		if name, _, _ := strings.Cut(f, "="); target.Flags().Lookup(name[2:]) != nil {
			words = append(words, f)
		}
	}
	// What is long and has no replications to reduce is stopped as a user
	// would stop it, once it has shown that it works.
	ctx := t.Context()
	has := func(flag string) bool { return target.Flags().Lookup(flag) != nil }
	long := has("workers") && !has("replications") || has("listen")
	if long {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, 2*time.Second)
		defer cancel()
	}
	cmd := exec.CommandContext(ctx, "epgsim", words...) // this test binary
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.Dir = dir
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if long && ctx.Err() != nil && cmd.ProcessState.ExitCode() == exitInterrupted {
		if has("listen") && !strings.Contains(stdout.String(), "http://127.0.0.1:") {
			t.Errorf("epgsim %s does not say where the page is: %s", strings.Join(words, " "), &stdout)
		}
		return
	}
	// What was done before it heard that it should end went well, whatever err says.
	if cmd.ProcessState.ExitCode() != exitDone || stderr.Len() > 0 {
		t.Fatalf("epgsim %s: %v\n%s", strings.Join(words, " "), err, &stderr)
	}
	if stdout.Len() == 0 {
		t.Errorf("epgsim %s says nothing", strings.Join(words, " "))
	}
}
