package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"epgsim/sim/store"
)

// shelf is a kind of files of which some are shipped, and what the commands say that list
// them, show one and begin another.
type shelf struct {
	verb, arg string // as they are typed: sweep, DESIGN
	one, many string // a design, designs
	wanted    string // a DESIGN
	stock

	shows      string // at length, what show prints
	examples   [2]string
	resolved   func(name string) ([]byte, error)
	begins     string // in short, what new writes
	beginsWith string // at length
	template   func() []byte
	file       string // that examples begin
	then       string // what to do with it: the command before and behind its name, parted by FILE
}

// stock are the files of a kind that are shipped.
type stock struct {
	all   func() any      // for programs
	names func() []string // with their titles, for completion
	text  func(io.Writer) // for people
}

// stockOf is a stock; line is what people read of one, and what completes its name.
func stockOf[T any](shipped func() []T, line func(*T) (name, title string), text func(io.Writer, []T)) stock {
	return stock{
		all: func() any { return shipped() },
		names: func() (names []string) {
			for _, one := range shipped() {
				name, title := line(&one)
				names = append(names, name+"\t"+title)
			}
			return names
		},
		text: func(w io.Writer) { text(w, shipped()) },
	}
}

// demand demands one file.
func (s *shelf) demand() cobra.PositionalArgs { return arguments(1, 1, s.arg, s.which(s.wanted)) }

// which says which files there are.
func (s *shelf) which(what string) string {
	return fmt.Sprintf("%s: a file, or one of the names that 'epgsim %s list' shows", what, s.verb)
}

// complete offers what is shipped for the one word that most commands take.
func (s *shelf) complete() cobra.CompletionFunc { return firstWord(s.completeAll()) }

// completeAll offers it for every word.
func (s *shelf) completeAll() cobra.CompletionFunc {
	return offer(cobra.ShellCompDirectiveDefault, s.names)
}

// list is the command that lists what is shipped.
func (a *app) list(s *shelf) *cobra.Command {
	format := oneOf("text", "json")
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List the shipped " + s.many,
		Example: fmt.Sprintf("  epgsim %[1]s list\n  epgsim %[1]s list --format json", s.verb),
		Args:    noArguments,
		RunE: func(*cobra.Command, []string) error {
			if format.value == "json" {
				return a.json(s.all())
			}
			w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
			s.text(w)
			return w.Flush()
		},
	}
	format.add(cmd, "format", "text or json")
	return cmd
}

// show is the command that prints a file with all that it does not say.
func (a *app) show(s *shelf) *cobra.Command {
	return &cobra.Command{
		Use:               "show " + s.arg,
		Short:             "Print " + s.one + " fully resolved",
		Long:              s.shows,
		Example:           fmt.Sprintf("  epgsim %[1]s show %[2]s\n  epgsim %[1]s show %[3]s", s.verb, s.examples[0], s.examples[1]),
		Args:              s.demand(),
		ValidArgsFunction: s.complete(),
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := s.resolved(args[0])
			if err != nil {
				return err
			}
			_, err = a.out.Write(text)
			return err
		},
	}
}

// begin is the command that writes a file to fill in.
func (a *app) begin(s *shelf) *cobra.Command {
	force := false
	cmd := &cobra.Command{
		Use:     "new [FILE]",
		Short:   s.begins,
		Long:    s.beginsWith,
		Example: fmt.Sprintf("  epgsim %[1]s new %[2]s\n  epgsim %[1]s new | less", s.verb, s.file),
		Args:    arguments(0, 1, "FILE", ""),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 || args[0] == "-" {
				_, err := a.out.Write(s.template())
				return err
			}
			return a.writeNew(args[0], s.template(), strings.Replace(s.then, "FILE", args[0], 1), force)
		},
	}
	addForce(cmd, &force, "replace the file, if it is one that this command wrote")
	return cmd
}

// writeNew writes a file to fill in, and says what to do with it then.
func (a *app) writeNew(path string, template []byte, then string, force bool) error {
	mark, _, _ := strings.Cut(string(template), "\n") // which a file that was filled in has kept
	if err := store.NewFile(path, template, mark, force); err != nil {
		return fileError(path, err)
	}
	fmt.Fprintf(a.out, "Wrote %s. Change what you know, then: %s\n", path, then)
	return nil
}

// fileError makes an error of usage of a path that can never be a file.
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
	case errors.Is(err, os.ErrExist), errors.Is(err, store.ErrNotEmpty):
		return usageError{err}
	}
	return err
}

// json prints a value for programs.
func (a *app) json(v any) error {
	e := json.NewEncoder(a.out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
