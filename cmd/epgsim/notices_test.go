package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

var updateNotices = flag.Bool("update-notices", false, "write notices.txt anew")

// The notices have the licence of every module that is linked in, on any of the systems
// that programs are built for, and of what is in the page.
func TestNotices(t *testing.T) {
	texts := map[string][]string{} // text: whose it is
	add := func(who, text string) {
		text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
		if !slices.Contains(texts[text], who) {
			texts[text] = append(texts[text], who)
		}
	}
	for path, dir := range linkedModules(t) {
		files := licenceFiles(t, dir)
		if len(files) == 0 {
			t.Errorf("%s has no licence in %s", path, dir)
		}
		for _, f := range files {
			add(path, readText(t, f))
		}
	}
	add("Go "+runtime.Version()[2:6], readText(t, filepath.Join(goRoot(t), "LICENSE")))
	add("uPlot, in the teaching page", readText(t, "../internal/teach/page/vendor/uplot/LICENSE"))
	got := noticesOf(texts)
	if *updateNotices {
		if err := os.WriteFile("notices.txt", []byte(got), 0o644); err != nil { //nolint:gosec // a source file
			t.Fatal(err)
		}
	}
	if got != notices {
		t.Error("notices.txt is not what the modules say; write it anew: go test ./cmd/epgsim -run Notices -update-notices")
	}
}

// noticesOf prints each text once, below those whose it is.
func noticesOf(texts map[string][]string) string {
	type notice struct{ who, text string }
	var all []notice
	for text, who := range texts {
		slices.Sort(who)
		all = append(all, notice{strings.Join(who, "\n"), text})
	}
	slices.SortFunc(all, func(a, b notice) int { return cmp.Or(cmp.Compare(a.who, b.who), cmp.Compare(a.text, b.text)) })
	var b strings.Builder
	b.WriteString("epgsim is made with the libraries named below, each under the licence that follows its name.\n")
	for _, n := range all {
		fmt.Fprintf(&b, "\n%s\n%s\n\n%s\n", strings.Repeat("=", 78), n.who, n.text)
	}
	return b.String()
}

// linkedModules are the folders of the modules of which a package is linked in.
func linkedModules(t *testing.T) map[string]string {
	dirs := map[string]string{}
	for _, system := range []string{"linux", "windows", "darwin"} {
		list := exec.Command("go", "list", "-deps", "-json=Module", ".")
		list.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
		out, err := list.Output()
		if err != nil {
			t.Fatalf("%v: %v", list, err)
		}
		for d := json.NewDecoder(bytes.NewReader(out)); ; {
			var p struct {
				Module *struct{ Path, Version, Dir string }
			}
			if err := d.Decode(&p); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatal(err)
			}
			if m := p.Module; m != nil && m.Version != "" {
				dirs[m.Path+" "+m.Version] = m.Dir
			}
		}
	}
	if len(dirs) < 10 {
		t.Fatalf("only %d modules", len(dirs))
	}
	return dirs
}

// licenceFiles are those of a module, in its folder.
func licenceFiles(t *testing.T, dir string) (files []string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		name := strings.ToLower(e.Name())
		for _, kind := range []string{"license", "licence", "copying", "notice", "unlicense", "patents", "ftl"} {
			if strings.HasPrefix(name, kind) && !strings.HasSuffix(name, ".go") {
				if e.IsDir() {
					files = append(files, licencesIn(t, filepath.Join(dir, e.Name()))...)
				} else {
					files = append(files, filepath.Join(dir, e.Name()))
				}
				break
			}
		}
	}
	return append(files, licencesIn(t, filepath.Join(dir, "licenses"))...)
}

func licencesIn(t *testing.T, dir string) (files []string) {
	files, err := filepath.Glob(filepath.Join(dir, "*.[tm][xd]*"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func readText(t *testing.T, path string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func goRoot(t *testing.T) string {
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}
