//go:build !js

package main

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// patience is how long a test waits for what must come, on a machine that may
// be slow and busy with other tests.
const patience = 2 * time.Minute

// A tab of a browser, open on the teaching page.
type tab struct {
	*testing.T
	ctx  context.Context
	base string // what its addresses begin with: a server's, or a file's
	seen *seen
	may  string // be said on the console: what Chromium itself says of a request refused
}

// screen is a size that a lesson is looked at in.
type screen struct {
	name          string
	width, height int64
}

var (
	phone     = screen{"phone", 390, 844}
	laptop    = screen{"laptop", 1366, 768}
	projector = screen{"projector", 1920, 1080}
)

// open opens a page of the server in a tab of its own. At the end nothing may
// have been said on the console or asked of another host.
func open(t *testing.T, ctx context.Context, h *httptest.Server, s screen, path string) *tab {
	t.Helper()
	return openAt(t, ctx, h.URL, s, path)
}

// openAt opens a page that need not come from a server.
func openAt(t *testing.T, ctx context.Context, base string, s screen, path string) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(ctx)
	p := &tab{T: t, ctx: ctx, base: base}
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil { // opens the tab
		t.Fatal(err)
	}
	p.seen = watch(t, ctx)
	t.Cleanup(p.checkSeen)
	p.do(chromedp.EmulateViewport(s.width, s.height), chromedp.Navigate(base+path))
	p.until("the page is there", `document.querySelector("#panel").childElementCount > 0`)
	return p
}

func (p *tab) checkSeen() {
	time.Sleep(100 * time.Millisecond) // for late events
	p.seen.Lock()
	defer p.seen.Unlock()
	for _, m := range p.seen.console {
		if p.may != "" && strings.Contains(m, p.may) {
			continue
		}
		p.Errorf("the console says %s", m)
	}
	if len(p.seen.requests) < 3 && !strings.HasPrefix(p.base, "file:") {
		p.Errorf("only %d requests were seen; is anybody listening?", len(p.seen.requests))
	}
	for _, r := range p.seen.requests {
		if !strings.HasPrefix(r, p.base) && !strings.HasPrefix(r, "data:") && !strings.HasPrefix(r, "blob:") {
			p.Errorf("the page asks for %s", r)
		}
	}
}

func (p *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.Fatal(err)
	}
}

// evaluated is the value of an expression in the page.
func evaluated[T any](p *tab, expression string) T {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.Fatalf("%s: %v", expression, err)
	}
	return v
}

// until waits for an expression to become true.
func (p *tab) until(what, expression string) {
	p.Helper()
	for deadline := time.Now().Add(patience); !evaluated[bool](p, "Boolean("+expression+")"); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			p.Fatalf("waited in vain until %s: %s\nthe page says %.300q", what, expression, evaluated[string](p, "document.body.innerText"))
		}
	}
}

func (p *tab) text(selector string) string {
	p.Helper()
	return evaluated[string](p, fmt.Sprintf("document.querySelector(%q).textContent", selector))
}

// focused says which element has the keyboard.
const focused = `(() => { const e = document.activeElement; return e.id ? "#" + e.id : e.dataset.k !== undefined ? "point " + e.dataset.k : e.dataset.suspect ? "suspect " + e.dataset.suspect : e.tagName + " " + e.className; })()`

// focusShows says whether one sees which element has the keyboard.
const focusShows = `(() => {
	const e = document.activeElement, s = getComputedStyle(e), within = [e, ...e.querySelectorAll("*")];
	return e === document.body || s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2 || within.some((x) => parseFloat(getComputedStyle(x).strokeWidth) >= 3 && getComputedStyle(x).stroke !== "none");
})()`

// tabTo presses the tabulator until an element has the keyboard, and fails
// when it cannot be reached so.
func (p *tab) tabTo(want string) {
	p.Helper()
	var passed []string
	for range 90 {
		p.do(chromedp.KeyEvent(kb.Tab))
		at := evaluated[string](p, focused)
		if !evaluated[bool](p, focusShows) {
			p.Errorf("one does not see that %s has the keyboard", at)
		}
		if at == want {
			return
		}
		passed = append(passed, at)
	}
	p.Fatalf("%s cannot be reached by keyboard, only %v", want, passed)
}

// press presses keys one after the other.
func (p *tab) press(keys ...string) {
	p.Helper()
	for _, k := range keys {
		p.do(chromedp.KeyEvent(k))
	}
}

// click clicks the middle of the first element of a selector, as a hand would.
func (p *tab) click(selector string) {
	p.Helper()
	middle := fmt.Sprintf(`(() => { const e = document.querySelector(%q); e.scrollIntoView({block: "center"}); const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()`, selector)
	at := evaluated[[2]float64](p, middle)
	for before := [2]float64{}; at != before; at = evaluated[[2]float64](p, middle) { // the page may be scrolling
		before = at
		time.Sleep(50 * time.Millisecond)
	}
	if hit := evaluated[bool](p, fmt.Sprintf(`(() => { const e = document.elementFromPoint(%v, %v); const f = document.querySelector(%q); return f.contains(e) || e.contains(f); })()`, at[0], at[1], selector)); !hit {
		p.Errorf("%s is covered by something else", selector)
	}
	p.do(chromedp.MouseClickXY(at[0], at[1]))
}

// place drags a marker into each lane of the time line, to parts of its width.
func (p *tab) place(parts ...float64) {
	p.Helper()
	for k, part := range parts {
		b := evaluated[[4]float64](p, fmt.Sprintf(`(() => { const e = document.querySelector("svg.timeline"); e.scrollIntoView({block: "center"}); const k = e.querySelector('[data-k="%d"] .knob').getBoundingClientRect(), b = e.getBoundingClientRect(); return [k.x + k.width / 2, k.y + k.height / 2, b.x, b.width]; })()`, k))
		p.do(chromedp.DragAndDropXY(b[0], b[1], b[2]+part*(b[3]-8), b[1], 12))
	}
	p.until("all markers are placed", fmt.Sprintf(`document.querySelectorAll("svg.timeline .pencil:not(.empty)").length === %d`, len(parts)))
}

// axeSource is the accessibility checker, which is fetched by whoever runs the
// tests: it is no part of the program.
func axeSource(t *testing.T) string {
	t.Helper()
	path := os.Getenv("EPGSIM_AXE")
	switch {
	case path != "":
		return string(read(t, path))
	case os.Getenv("CI") == "true":
		t.Fatal("EPGSIM_AXE names no axe.min.js, and CI=true: npm pack axe-core")
	}
	t.Log("EPGSIM_AXE names no axe.min.js (npm pack axe-core): accessibility is not checked")
	return ""
}

// checkAxe runs axe on the page as it stands.
func checkAxe(p *tab, axe, what string) {
	p.Helper()
	if axe == "" {
		return
	}
	evaluated[any](p, axe+";0")
	const run = `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"]})
		.then(r => [r.passes.length, ...r.violations.map(v => v.id + " (" + v.help + "): " + v.nodes.slice(0, 3).map(n => n.target.join(" ") + " " + (n.any[0]?.message ?? n.failureSummary)).join("; "))].map(String))`
	found := evaluated[[]string](p, run)
	if found[0] == "0" {
		p.Errorf("%s: axe has checked nothing", what)
	}
	for _, v := range found[1:] {
		p.Errorf("%s: %s", what, v)
	}
}
