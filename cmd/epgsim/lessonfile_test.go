//go:build !js

package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// largestLesson is how large the page may be as one file, in bytes: what one still
// sends by mail.
const largestLesson = 3_000_000

// made makes the page without a server, a file or a directory, and returns its path.
func made(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if out, err := exec.Command("go", "run", "epgsim/cmd/lessonfile", path).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return path
}

// networkOff sends all that a browser asks of the network to where nobody listens.
var networkOff = chromedp.ProxyServer("http://127.0.0.1:9")

// The page as one file, opened from a disk with the network off: the whole lesson by
// keyboard and by pointer.
func TestLessonFromDisk(t *testing.T) {
	t.Parallel()
	ctx := browser(t, networkOff)
	path := made(t, "lesson.html")
	if info, err := os.Stat(path); err != nil || info.Size() > largestLesson {
		t.Errorf("the lesson is a file of %d bytes, more than %d; %v", info.Size(), largestLesson, err)
	}
	file := "file://" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()
	openAt(t, ctx, file, laptop, "#step=predict&n=40").lessonByKeyboard(t)
	p := openAt(t, ctx, file, laptop, "?again#step=predict&n=40")
	p.lessonByPointer(t)
	p.showsLessons(file, some(3, lessons()))
}

// showsLessons looks at the chart of the first chapter of some groups: it is what compare
// writes, to the last bit.
func (p *tab) showsLessons(base string, some []*lesson) {
	p.Helper()
	for k, l := range some {
		q := url.Values{"c": {"short"}, "step": {"compare"}, "s": {l.name}, "seed": {fmt.Sprint(l.seed)}, "n": {fmt.Sprint(l.replications)}}
		for key, v := range l.set {
			q.Set("set."+key, v)
		}
		p.do(chromedp.Navigate(fmt.Sprintf("%s?%d#%s", base, k, q.Encode())))
		p.shows(l)
	}
}

// The page as a site, in a folder of a server that knows nothing but files.
func TestLessonFromAPlainServer(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	site := made(t, "site")
	h := httptest.NewServer(http.StripPrefix("/courses/export/", http.FileServer(http.Dir(site))))
	t.Cleanup(h.Close)
	p := openAt(t, ctx, h.URL+"/courses/export/", laptop, "#c=fit&step=predict&lang=sv&n=6")
	p.until("the page speaks Swedish", `document.documentElement.lang === "sv" && document.querySelector("[data-k]")`)
	p.showsLessons(h.URL+"/courses/export/", some(1, lessons()))
	p.click("#steps [data-step=watch]")
	p.until("the groups dance", `document.querySelectorAll("#floors figure").length >= 3`)
}

// The file in the frame of a platform that gives it no origin, and so no storage: with
// that header a page is as in a sandboxed frame.
func TestLessonInASandbox(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	file := made(t, "lesson.html")
	h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/lesson.html" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Security-Policy", "sandbox allow-scripts")
		http.ServeFile(w, r, file)
	}))
	t.Cleanup(h.Close)
	p := openAt(t, ctx, h.URL+"/lesson.html", laptop, "?embed=1#c=short&step=predict&n=6")
	if hidden := evaluated[bool](p, `document.querySelector(".top").offsetParent === null`); !hidden {
		t.Error("embedded, the page has its head")
	}
	p.until("the question is there", `document.querySelector("[data-k]")`)
	p.click("#steps [data-step=watch]")
	p.until("the groups dance", `document.querySelectorAll("#floors figure").length >= 3`)
	evaluated[any](p, `(document.querySelector("#chapters li:nth-child(2) button").click(), 0)`) // which remembers what was predicted
	p.until("the next chapter begins", `location.hash.includes("c=fit")`)
}

// The same source gives the same bytes. What the page brings along is no more than it
// needs, and the command line does not carry what only makes the page.
func TestLessonFileIsMadeOfLittle(t *testing.T) {
	t.Parallel()
	deps := func(env string, args ...string) string {
		cmd := exec.Command("go", append([]string{"list", "-deps"}, args...)...)
		cmd.Env = append(os.Environ(), strings.Fields(env)...)
		out, err := cmd.Output()
		if err != nil || len(out) < 1000 {
			t.Fatalf("%v: %s", err, out)
		}
		return "\n" + string(out)
	}
	brought := deps("GOOS=js GOARCH=wasm", "-tags", "worker", "epgsim/cmd/lessonworker")
	for _, p := range []string{"net/http", "crypto/tls", "github.com/spf13/cobra", "github.com/parquet-go/parquet-go", "gonum.org/v1/plot", "epgsim/plots", "epgsim/sim/store"} {
		if strings.Contains(brought, "\n"+p+"\n") {
			t.Errorf("the page brings %s along", p)
		}
	}
	if !strings.Contains(brought, "\nepgsim/cmd/internal/teach\n") {
		t.Error("the page brings no lesson along")
	}
	if strings.Contains(deps("", "epgsim/cmd/epgsim"), "evanw/esbuild") {
		t.Error("the command line carries the bundler")
	}
	onlyLong(t)
	read := func() string { return string(read(t, filepath.Dir(made(t, "lesson.html")), "lesson.html")) }
	if read() != read() {
		t.Error("made twice, the page is not the same")
	}
}
