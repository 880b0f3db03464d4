//go:build !js

package teach

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// A page is a tab of a headless Chromium, open on a server of this machine.
type page struct {
	*testing.T
	ctx context.Context
	url string
}

// browse opens a tab. Without Chromium it skips, but not on CI, where somebody
// must have forgotten to install it.
func browse(t *testing.T, c Config) *page {
	t.Helper()
	if !long {
		t.Skip("a browser takes seconds: it opens with EPGSIM_LONG=1")
	}
	path, err := exec.LookPath("chromium")
	if err != nil {
		path, err = exec.LookPath("google-chrome")
	}
	switch {
	case err == nil:
	case os.Getenv("CI") == "true":
		t.Fatal("no Chromium, and CI=true: install chromium")
	default:
		t.Skip("no Chromium found: install chromium to test how the page fits the screen")
	}
	s, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	h := httptest.NewServer(s.Handler())
	t.Cleanup(func() { h.CloseClientConnections(); h.Close() })
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU)
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil { // opens the tab
		t.Fatal(err)
	}
	return &page{t, ctx, h.URL}
}

// do takes steps in the tab.
func (p *page) do(steps ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.Fatal(err)
	}
}

// value is the text of an expression in the page.
func (p *page) value(expression string) string {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[string]("Promise.resolve("+expression+").then(String)", chromedp.EvalAwaitPromise))
	if err != nil {
		p.Fatalf("%s: %v", expression, err)
	}
	return v
}

// until waits for an expression to become true.
func (p *page) until(expression string) {
	p.Helper()
	for deadline := time.Now().Add(patience); p.value("Boolean("+expression+")") != "true"; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			p.Fatalf("waited in vain until %s", expression)
		}
	}
}

// halls are screens that a class looks at.
var halls = [][2]int64{{1280, 720}, {1366, 768}, {1920, 1080}}

// settled waits until the page has answered to a new size.
const settled = `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(""))))`

// seen says whether the news of all floors stand above the desk, and the desk
// on the screen.
const seen = `(() => {
	const box = (e) => e.getBoundingClientRect(), desk = box(document.querySelector(".desk"));
	return [...document.querySelectorAll(".says")].every((e) => box(e).bottom <= desk.top) && desk.bottom <= innerHeight + 1;
})()`

// outside lists what stands in a dialog but not on the screen.
const outside = `[...document.querySelectorAll("#class *")].filter((e) => {
	const r = e.getBoundingClientRect();
	return r.width && (r.top < 0 || r.left < 0 || r.bottom > innerHeight + 1 || r.right > innerWidth + 1);
}).map((e) => e.tagName + " " + e.id)`

// All of a class's wall is seen without scrolling, on whichever step it is
// opened, and its QR code is that of the address chosen.
func TestWallFitsTheScreen(t *testing.T) {
	t.Parallel()
	p := browse(t, Config{LAN: true, URLs: []string{"http://192.168.100.200:8080/", "http://10.0.0.7:8080/", "http://127.0.0.1:8080/"}})
	for _, lang := range []string{"en", "fi", "sv"} {
		p.do(chromedp.Navigate(fmt.Sprintf("%s/?%s#lang=%s", p.url, lang, lang)))
		p.until(`document.body.dataset.step`) // it listens to its address
		for _, step := range []string{"predict", "watch", "compare", "cause", "meaning"} {
			p.value(fmt.Sprintf(`void (location.hash = "lang=%s&step=%s")`, lang, step))
			p.until(fmt.Sprintf(`document.body.dataset.step === %q`, step))
			p.value(`document.querySelector("#open-class").click()`)
			p.value(`document.querySelector("#start-class")?.click()`) // but once: the class goes on from step to step, and after a reload
			p.until(`document.querySelector("#class .qr")?.naturalWidth`)
			for _, size := range halls {
				p.do(chromedp.EmulateViewport(size[0], size[1]))
				p.value(settled)
				if got := p.value(outside); got != "" {
					t.Errorf("%s, %s at %v: not on the screen are %s", lang, step, size, got)
				}
				if asked := p.value(`document.querySelector("#class .lead").clientHeight > 0`); asked != "true" {
					t.Errorf("%s, %s at %v: the question is missing", lang, step, size)
				}
				if tall := p.value(`document.querySelector("#class .plot svg").clientHeight > innerHeight / 3`); tall != "true" {
					t.Errorf("%s, %s at %v: the chart has no third of the screen", lang, step, size)
				}
			}
			p.value(`document.querySelector("#class").close()`)
		}
	}
	p.value(`document.querySelector("#open-class").click()`)
	code := p.value(`document.querySelector("#class-code").textContent`)
	for _, at := range []string{"http://10.0.0.7:8080/", "http://192.168.100.200:8080/"} {
		p.value(fmt.Sprintf(`document.querySelector("#class [data-at='%s']").click()`, at))
		p.until(fmt.Sprintf(`new URL(document.querySelector("#class .qr").src).searchParams.get("at") === %q`, at))
		for what, shown := range map[string]string{"address": `document.querySelector("#class .address").textContent`, "alternative text": `document.querySelector("#class .qr").alt.split(" ").pop()`} {
			if want, got := at+"c/"+code, p.value(shown); got != want {
				t.Errorf("the %s is %q, not %q", what, got, want)
			}
		}
	}
}

// Floors, score and player are seen at once, three floors or four, where titles
// and captions are longest.
func TestHallFitsTheScreen(t *testing.T) {
	t.Parallel()
	p := browse(t, Config{})
	for k, lesson := range []string{"lang=fi", "lang=sv&c=jealousy", "lang=fi&s=paper-machinery", "lang=sv&s=fitness-equipment-1"} { // the last two have a mix of their own
		p.do(chromedp.Navigate(fmt.Sprintf("%s/?%d#step=watch&%s", p.url, k, lesson)))
		p.until(`document.querySelectorAll("#floors figure").length >= 3`)
		p.value(`(() => { const t = document.querySelector("#time"); t.value = 120; t.dispatchEvent(new Event("input")); })()`)
		for _, size := range halls {
			p.do(chromedp.EmulateViewport(size[0], size[1]))
			p.value(settled)
			if p.value(seen) != "true" {
				t.Errorf("%s at %v: news or player are not on the screen", lesson, size)
			}
			if p.value(`Math.min(...[...document.querySelectorAll("#floors svg.floor")].map((e) => e.clientHeight)) >= 0.22 * innerHeight`) != "true" {
				t.Errorf("%s at %v: the floors are low", lesson, size)
			}
		}
	}
}
