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

// list is the command that lists what of a kind is shipped: scenarios or designs.
func (a *app) list(short string, shipped any, text func(io.Writer), of string) *cobra.Command {
	format := oneOf("text", "json")
	cmd := &cobra.Command{
		Use:     "list",
		Short:   short,
		Example: fmt.Sprintf("  epgsim %[1]s list\n  epgsim %[1]s list --format json", of),
		Args:    noArguments,
		RunE: func(*cobra.Command, []string) error {
			if format.value == "json" {
				return a.json(shipped)
			}
			w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
			text(w)
			return w.Flush()
		},
	}
	format.add(cmd, "format", "text or json")
	return cmd
}

// fillIn is the command that writes a file to fill in. Then is the command to
// go on with.
func (a *app) fillIn(short, long, example string, template func() []byte, then func(file string) string) *cobra.Command {
	force := false
	cmd := &cobra.Command{
		Use:     "new [FILE]",
		Short:   short,
		Long:    long,
		Example: example,
		Args:    atMostOne("FILE"),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 || args[0] == "-" {
				_, err := a.out.Write(template())
				return err
			}
			return a.writeNew(args[0], template(), then(args[0]), force)
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
