// Command lessonfile makes the teaching page for those who have no server: one file
// that opens by a double click, or a site, a directory that any web server can send.
//
//	go run ./cmd/lessonfile out/lesson.html
//	go run ./cmd/lessonfile out/site
//
// The program that has the numbers is compiled for browsers and comes along. The
// same source gives the same bytes. A lesson that is there is replaced, and nothing
// else.
package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"epgsim/sim/store"
)

func main() {
	if len(os.Args) != 2 || strings.HasPrefix(os.Args[1], "-") {
		fmt.Fprintln(os.Stderr, "lessonfile NAME.html makes the teaching page as one file, lessonfile DIRECTORY as a site; in a checkout of epgsim")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "lessonfile:", err)
		if errors.Is(err, fs.ErrExist) || errors.Is(err, store.ErrNotEmpty) || errors.Is(err, store.ErrName) {
			os.Exit(2)
		}
		os.Exit(1)
	}
}

func write(path string) error {
	if err := refuseForeign(path); err != nil {
		return err
	}
	source, err := findSource()
	if err != nil {
		return err
	}
	b, err := newBundle(source)
	if err != nil {
		return err
	}
	files, dir := b.site(), path
	if filepath.Ext(path) == ".html" {
		file, err := b.file()
		if err != nil {
			return err
		}
		files, dir = map[string][]byte{filepath.Base(path): file}, filepath.Dir(path)
	}
	for name, text := range files {
		to := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		mark := "" // a site is known by its page
		if filepath.Ext(name) == ".html" {
			mark = title
		}
		if err := store.NewFile(to, text, mark, true); err != nil {
			return err
		}
	}
	return nil
}

// title is by what a lesson is known.
const title = "<title>When the music stops – epgsim</title>"

// refuseForeign refuses a name that something has which is no lesson.
func refuseForeign(path string) error {
	page := path
	if filepath.Ext(path) != ".html" {
		page = filepath.Join(path, "index.html")
		if entries, err := os.ReadDir(path); err == nil && len(entries) == 0 {
			return nil
		}
	}
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	text, _ := os.ReadFile(page) // none is none of ours
	if !strings.Contains(string(text), title) {
		return fmt.Errorf("%s: %w, and is no lesson; choose another name", path, fs.ErrExist)
	}
	return nil
}

// source is where the page and the program come from.
type source struct {
	module string // the checkout
	goroot string
}

func findSource() (source, error) {
	mod, err := goTool(nil, "list", "-m", "-f", "{{.Dir}}", "epgsim")
	if err != nil {
		return source{}, fmt.Errorf("this must be run in a checkout of epgsim: %w", err)
	}
	root, err := goTool(nil, "env", "GOROOT")
	return source{mod, root}, err
}

// page is a file of the page, by its name below cmd/internal/teach/page.
func (s source) page(name string) string {
	return filepath.Join(s.module, "cmd", "internal", "teach", "page", filepath.FromSlash(name))
}

// own is a file beside this one.
func (s source) own(name string) string { return filepath.Join(s.module, "cmd", "lessonfile", name) }

// browsers are what the program is compiled for.
var browsers = []string{"GOOS=js", "GOARCH=wasm", "GOWASM="}

// program compiles the program for browsers.
func (s source) program() ([]byte, error) {
	dir, err := os.MkdirTemp("", "lessonfile-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	to := filepath.Join(dir, "lesson.wasm")
	if _, err := goTool(browsers, "build", "-trimpath", "-buildvcs=false", "-tags", "worker", "-ldflags", "-s -w -buildid=", "-o", to, "epgsim/cmd/lessonworker"); err != nil {
		return nil, err
	}
	return os.ReadFile(to)
}

// goTool runs the go command, and returns what it prints.
func goTool(env []string, args ...string) (string, error) {
	cmd := exec.Command("go", args...)
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		err = fmt.Errorf("go %s: %s", args[0], strings.TrimSpace(string(exit.Stderr)))
	}
	return strings.TrimSpace(string(out)), err
}
