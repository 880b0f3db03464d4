//go:build !js

package main

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// largestLesson is how large the page may be as one file, in bytes: what one still
// sends by mail.
const largestLesson = 3_000_000

// alone makes the page without a server, as one file and as a site, once for all tests.
var alone = sync.OnceValues(func() (paths [2]string, err error) {
	for k, name := range []string{"lesson.html", "site"} {
		paths[k] = filepath.Join(binaryDir, name)
		if out, err := exec.Command("go", "run", "epgsim/cmd/lessonfile", paths[k]).CombinedOutput(); err != nil {
			return paths, errors.New(string(out) + err.Error())
		}
	}
	return paths, nil
})

// madeAlone are the paths of the file and of the site.
func madeAlone(t *testing.T) (file, site string) {
	t.Helper()
	paths, err := alone()
	if err != nil {
		t.Fatal(err)
	}
	return paths[0], paths[1]
}

// networkOff sends all that a browser asks of the network to where nobody listens.
var networkOff = chromedp.ProxyServer("http://127.0.0.1:9")

// The page as one file, opened from a disk with the network off: the whole lesson by
// keyboard, and what it shows of some groups; in the study form by pointer too, and of
// twenty groups.
func TestLessonFromDisk(t *testing.T) {
	t.Parallel()
	ctx := browser(t, networkOff)
	path, _ := madeAlone(t)
	if info, err := os.Stat(path); err != nil || info.Size() > largestLesson {
		t.Errorf("the lesson is a file of %d bytes, more than %d; %v", info.Size(), largestLesson, err)
	}
	file := "file://" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()
	openAt(t, ctx, file, laptop, "#step=predict&n=40").lessonByKeyboard(t)
	p, n := openAt(t, ctx, file, laptop, "?again#step=predict&n=40"), 2
	if studied {
		p.lessonByPointer(t)
		n = len(lessons())
	}
	p.showsLessons(file, lessons()[:n])
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
	_, site := madeAlone(t)
	h := httptest.NewServer(http.StripPrefix("/courses/export/", http.FileServer(http.Dir(site))))
	t.Cleanup(h.Close)
	p := openAt(t, ctx, h.URL+"/courses/export/", laptop, "#c=fit&step=predict&lang=sv&n=6")
	p.until("the page speaks Swedish", `document.documentElement.lang === "sv" && document.querySelector("[data-k]")`)
	p.showsLessons(h.URL+"/courses/export/", lessons()[:1])
	p.click("#steps [data-step=watch]")
	p.until("the groups dance", `document.querySelectorAll("#floors figure").length >= 3`)
}

// The file in the frame of a platform that gives it no origin, and so no storage: with
// that header a page is as in a sandboxed frame.
func TestLessonInASandbox(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	file, _ := madeAlone(t)
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

// How soon there is something to see, and how long three hundred evenings of three forms
// take with one, two and four helpers: told, not judged, for it depends on the machine.
func TestLessonFileIsQuick(t *testing.T) {
	if !studied {
		t.Skip("a study; EPGSIM_STUDY=1 asks for it")
	}
	ctx := chromium(t, networkOff)
	path, _ := madeAlone(t)
	for _, n := range []int64{1, 2, 4} {
		p := openAt(t, ctx, "file://"+path, laptop, "#step=predict")
		if _, err := chromedp.Call(p.ctx, emulation.SetHardwareConcurrencyOverride, emulation.SetHardwareConcurrencyOverrideParams{HardwareConcurrency: n}); err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		p.do(chromedp.Navigate(fmt.Sprintf("file://%s?%d#step=predict", path, n)))
		p.until("the first picture is there", `document.querySelector("[data-k]")`)
		first := time.Since(begun)
		begun = time.Now()
		evaluated[any](p, `(document.querySelector("#steps [data-step=compare]").click(), 0)`)
		p.until("all evenings have run", `document.querySelector("#panel progress")?.hidden`)
		t.Logf("%d helpers: first picture after %.2f s, 300 evenings in %.2f s", n, first.Seconds(), time.Since(begun).Seconds())
	}
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
	file, _ := madeAlone(t)
	again := filepath.Join(t.TempDir(), "again.html")
	if out, err := exec.Command("go", "run", "epgsim/cmd/lessonfile", again).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if !bytes.Equal(read(t, file), read(t, again)) {
		t.Error("made twice, the page is not the same")
	}
	if err := os.WriteFile(again, []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{again, filepath.Dir(again), os.DevNull} {
		if out, err := exec.Command("go", "run", "epgsim/cmd/lessonfile", path).CombinedOutput(); err == nil || !strings.Contains(string(out), "no lesson; choose another name\nexit status 2") {
			t.Errorf("%s is not refused: %v, %s", path, err, out)
		}
	}
	if string(read(t, again)) != "mine" {
		t.Error("a file that was refused is not as it was")
	}
}
