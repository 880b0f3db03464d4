package main

import (
	"context"
	"fmt"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A tab of a browser, open on the teaching page.
type tab struct {
	*testing.T
	ctx  context.Context
	h    *httptest.Server
	seen *seen
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
	ctx, cancel := chromedp.NewContext(ctx)
	p := &tab{T: t, ctx: ctx, h: h}
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil { // opens the tab
		t.Fatal(err)
	}
	p.seen = watch(t, ctx)
	t.Cleanup(p.checkSeen)
	p.do(chromedp.EmulateViewport(s.width, s.height), chromedp.Navigate(h.URL+path))
	p.until("the page is there", `document.querySelector("#panel").childElementCount > 0`)
	return p
}

func (p *tab) checkSeen() {
	time.Sleep(100 * time.Millisecond) // for late events
	p.seen.Lock()
	defer p.seen.Unlock()
	for _, m := range p.seen.console {
		p.Errorf("the console says %s", m)
	}
	if len(p.seen.requests) < 3 {
		p.Errorf("only %d requests were seen; is anybody listening?", len(p.seen.requests))
	}
	for _, r := range p.seen.requests {
		if !strings.HasPrefix(r, p.h.URL+"/") && !strings.HasPrefix(r, "data:") && !strings.HasPrefix(r, "blob:"+p.h.URL) {
			p.Errorf("the page asks for %s", r)
		}
	}
}

func (p *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, time.Minute)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.Fatal(err)
	}
}

// evaluated is the value of an expression in the page.
func evaluated[T any](p *tab, expression string) T {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, time.Minute)
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
	for deadline := time.Now().Add(time.Minute); !evaluated[bool](p, "Boolean("+expression+")"); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			p.Fatalf("waited a minute in vain until %s: %s\nthe page says %.300q", what, expression, evaluated[string](p, "document.body.innerText"))
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

// The first chapter from the question to the next chapter, with nothing but a
// keyboard.
func TestLessonByKeyboard(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	p := open(t, ctx, teaching(t), laptop, "/")
	p.tabTo("A skip")
	p.press(kb.Enter)
	if at := evaluated[string](p, focused); at != "#main" {
		t.Errorf("the first link leads to %s, not past the head", at)
	}
	p.tabTo("point 0")
	for k := range 8 {
		p.press(kb.PageUp, kb.ArrowUp, kb.ArrowRight)
		if k == 7 {
			p.press(kb.End)
		}
	}
	if got := evaluated[string](p, `[...document.querySelectorAll("[data-k]")].map(e => e.getAttribute("aria-valuenow")).join(" ")`); got != "0.11 0.11 0.11 0.11 0.11 0.11 0.11 1" {
		t.Errorf("the prediction is %s", got)
	}
	p.tabTo("#predicted")
	p.press(kb.Enter)

	p.until("the groups dance", `document.querySelectorAll("#floors figure").length === 3`)
	p.until("the clock stands at the start", `document.querySelector("#time").value === "0"`)
	p.tabTo("#time")
	p.press(kb.ArrowRight, kb.ArrowRight, kb.PageUp)
	if at := evaluated[float64](p, `Number(document.querySelector("#time").value)`); at < 12 {
		t.Errorf("the scrubber stands at week %v", at)
	}
	p.tabTo("#play")
	p.press(" ")
	before := evaluated[float64](p, `Number(document.querySelector("#time").value)`)
	p.until("weeks pass", fmt.Sprintf(`Number(document.querySelector("#time").value) > %v`, before+3))
	p.press(" ")
	at := evaluated[float64](p, `Number(document.querySelector("#time").value)`)
	p.tabTo("#forward")
	p.press(kb.Enter)
	if now := evaluated[float64](p, `Number(document.querySelector("#time").value)`); now != at+1 {
		t.Errorf("a step leads from week %v to %v", at, now)
	}
	p.tabTo("#to-compare")
	p.press(kb.Enter)

	p.until("all replications have run", `document.querySelector("#panel progress")?.hidden`)
	if said := p.text("#panel .said"); !strings.Contains(said, "11") {
		t.Errorf("the prediction is not beside the result: %s", said)
	}
	p.tabTo("#to-next")
	p.press(kb.Enter)

	p.until("the suspects stand there", `document.querySelectorAll("[data-suspect]").length >= 3 && document.querySelector(".bar svg")`)
	suspects := evaluated[[]string](p, `[...document.querySelectorAll("[data-suspect]")].map(e => e.dataset.suspect)`)
	for _, s := range suspects {
		p.tabTo("suspect " + s)
		p.press(kb.Enter)
		p.until(s+" is tried", fmt.Sprintf(`document.querySelector("[data-suspect=%s]").closest("li").className.startsWith("cause-")`, s))
	}
	// The chapters say which suspect it was; only that one may close the gap.
	if guilty := evaluated[[]string](p, `[...document.querySelectorAll("li.cause-yes [data-suspect]")].map(e => e.dataset.suspect)`); strings.Join(guilty, " ") != "joint" {
		t.Errorf("the cause is found to be %v", guilty)
	}
	p.tabTo("#to-meaning")
	p.press(kb.Enter)

	p.until("the claim is told", `document.querySelector("[data-verdict]")`)
	if v := evaluated[string](p, `document.querySelector("[data-verdict]").dataset.verdict`); v != "holds" {
		t.Errorf("claim C104 %s", v)
	}
	p.tabTo("#next-chapter")
	p.press(kb.Enter)
	p.until("the next chapter begins", `document.querySelector("#chapters li:nth-child(2) button").getAttribute("aria-current") === "true" && document.querySelector("[data-k]")`)
	if at := evaluated[string](p, focused); at != "#panel-title" {
		t.Errorf("the keyboard is at %s, not where the chapter begins", at)
	}
}

// click clicks the middle of the first element of a selector, as a hand would.
func (p *tab) click(selector string) {
	p.Helper()
	at := evaluated[[2]float64](p, fmt.Sprintf(`(() => { const e = document.querySelector(%q); e.scrollIntoView({block: "center"}); const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()`, selector))
	if hit := evaluated[bool](p, fmt.Sprintf(`(() => { const e = document.elementFromPoint(%v, %v); const f = document.querySelector(%q); return f.contains(e) || e.contains(f); })()`, at[0], at[1], selector)); !hit {
		p.Errorf("%s is covered by something else", selector)
	}
	p.do(chromedp.MouseClickXY(at[0], at[1]))
}

// draw draws a line across the chart, from low on the left to high on the
// right.
func (p *tab) draw() {
	p.Helper()
	b := evaluated[[4]float64](p, `(() => { const e = document.querySelector("svg.chart"); e.scrollIntoView({block: "center"}); const a = e.querySelector('[data-k="0"]').getBoundingClientRect(), z = [...e.querySelectorAll("[data-k]")].at(-1).getBoundingClientRect(), m = (r) => [r.x + r.width / 2, r.y + r.height / 2]; return [...m(a), ...m(z)]; })()`)
	height := evaluated[float64](p, `document.querySelector("svg.chart").getBoundingClientRect().height`)
	p.do(chromedp.DragAndDropXY(b[0], b[1]-0.1*height, b[2], b[3]-0.6*height, 24))
	p.until("the line is drawn", `document.querySelector(".pencil .line")`)
}

// The same with a mouse: a line drawn, the dance looked into, the levers moved,
// and every chapter opened.
func TestLessonByPointer(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	p := open(t, ctx, teaching(t), laptop, "/")
	p.draw()
	line := evaluated[[]float64](p, `[...document.querySelectorAll("[data-k]")].map(e => Number(e.getAttribute("aria-valuenow")))`)
	for k := 1; k < len(line); k++ {
		if line[k] < line[k-1] || line[0] < 0.05 || line[len(line)-1] < 0.5 {
			t.Fatalf("drawn from low to high, the line is %v", line)
		}
	}
	p.click("#predicted")
	p.until("the groups dance", `document.querySelectorAll("#floors figure").length === 3`)
	evaluated[any](p, `(() => { const e = document.querySelector("#speed"); e.value = "quick"; e.dispatchEvent(new Event("change")); return 0; })()`)
	p.click("#play")
	p.until("weeks pass", `Number(document.querySelector("#time").value) > 20`)
	p.click("#play")
	p.click("#time") // its middle
	p.until("the scrubber follows", `Math.abs(Number(document.querySelector("#time").value) / Number(document.querySelector("#time").max) - 0.5) < 0.1`)
	before := evaluated[string](p, `document.querySelector("#panel .below").innerText`)
	p.click("#floors figure:last-child .dancer")
	p.until("the SME tells its story", fmt.Sprintf(`document.querySelector("#panel .below").innerText !== %q`, before))
	p.click("#luck")
	p.until("another evening is danced", `location.hash.includes("r=1")`)
	p.until("it is there", `document.querySelectorAll("#floors figure").length === 3`)
	p.click("#to-compare")
	p.until("all replications have run", `document.querySelector("#panel progress")?.hidden`)

	p.click("#open-levers")
	p.until("the drawer is open", `document.querySelector("#levers").open && document.querySelector("#levers input[type=number]")`)
	p.do(chromedp.KeyEvent(kb.Escape))
	p.until("the drawer is closed", `!document.querySelector("#levers").open`)
	for k := range 5 {
		p.click(fmt.Sprintf("#chapters li:nth-child(%d) button", k+1))
		p.until("the chapter is open", fmt.Sprintf(`document.querySelector("#chapters li:nth-child(%d) button").getAttribute("aria-current") === "true" && document.querySelector("[data-k]")`, k+1))
		for _, step := range evaluated[[]string](p, `[...document.querySelectorAll("#steps [data-step]")].map(e => e.dataset.step)`) {
			p.click(fmt.Sprintf("#steps [data-step=%s]", step))
			p.until(step+" is shown", fmt.Sprintf(`document.body.dataset.step === %q && document.querySelector("#panel-title")`, step))
		}
	}
}

// A link opens the page where it was copied: the numbers of twenty groups are
// those of compare, to the last bit.
func TestLessonShowsWhatCompareWrites(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	h := teaching(t)
	p := open(t, ctx, h, laptop, "/")
	for k, l := range lessons() {
		q := url.Values{"c": {"short"}, "step": {"compare"}, "s": {l.name}, "seed": {fmt.Sprint(l.seed)}, "n": {fmt.Sprint(l.replications)}}
		for key, v := range l.set {
			q.Set("set."+key, v)
		}
		p.do(chromedp.Navigate(fmt.Sprintf("%s/?%d#%s", h.URL, k, q.Encode())))
		p.until(l.name+" has run", `document.querySelector("#panel progress")?.hidden && document.querySelector("#panel table td[data-value]")`)
		cells := evaluated[[][]float64](p, `[...document.querySelectorAll("#panel figure table tbody tr")].map(r => [...r.querySelectorAll("td")].map(c => c.dataset.value === undefined ? NaN : Number(c.dataset.value)).map(x => Number.isNaN(x) ? -1 : x))`)
		if len(cells) != int(l.years) {
			t.Fatalf("%s: %d rows, want one for each of %v years", l.name, len(cells), l.years)
		}
		replications, _ := l.compared(t)
		for y, row := range cells {
			for f, variant := range []string{"market", "customer", "system"} {
				if want := closed(t, replications, variant, l.years, y+1); row[f] != want {
					t.Errorf("lesson %d, %s: %s has closed %v by year %d, compare says %v", k, l.name, variant, row[f], y+1, want)
				}
			}
		}
	}
}

// A class: the teacher opens it, a student predicts on a telephone, the wall
// shows it and then the result, to both.
func TestClassInABrowser(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	h := teaching(t)
	teacher := open(t, ctx, h, projector, "/")
	teacher.click("#open-class")
	teacher.until("the class is offered", `document.querySelector("#start-class")`)
	teacher.click("#start-class")
	teacher.until("there is a code", `document.querySelector("#class-code")`)
	student := open(t, ctx, h, phone, "/c/"+teacher.text("#class-code"))
	student.until("the question is there", `document.querySelector("[data-k]")`)
	student.draw()
	student.click("#send")
	teacher.until("the wall counts the prediction", `/\b1\b/.test(document.querySelector("#class .counted").textContent)`)
	teacher.until("the wall shows it", `document.querySelector("#class .pencil .line")`)
	teacher.click("#reveal")
	for _, p := range []*tab{teacher, student} {
		p.until("the result is shown", `document.querySelectorAll("svg.chart .curve .line").length >= 3`)
	}
	student.until("nothing more can be sent", `document.querySelector("#send").hidden`)
}

// shots is where the screenshots go.
func shots(t *testing.T) string {
	if dir := os.Getenv("EPGSIM_SCREENSHOTS"); dir != "" {
		return dir
	}
	return t.TempDir()
}

// pages are those that are looked at.
var pages = []struct{ name, path, ready string }{
	{"predict", "/#c=short", `document.querySelector("[data-k]")`},
	{"watch", "/#c=short&step=watch&p=0.3,0.5,0.6,0.7,0.8,0.9,1,1", `document.querySelectorAll("#floors figure").length === 3`},
	{"compare", "/#c=short&step=compare&p=0.3,0.5,0.6,0.7,0.8,0.9,1,1", `document.querySelector("#panel progress")?.hidden`},
	{"cause", "/#c=short&step=cause", `document.querySelector(".bar svg")`},
	{"meaning", "/#c=short&step=meaning", `document.querySelector("[data-verdict]")`},
	{"fit", "/#c=fit&step=predict&lang=fi", `document.querySelector("[data-k]")`},
	{"jealousy", "/#c=jealousy&step=watch&lang=sv", `document.querySelectorAll("#floors figure").length === 3`},
	{"band", "/#c=band&step=meaning&lang=fi", `document.querySelector("[data-verdict]")`},
	{"hope", "/#c=hope&step=meaning&lang=sv", `document.querySelector("[data-verdict]")`},
}

// Telephone, laptop and projector: nothing sticks out, nothing is too small to
// touch or read, and axe finds nothing wrong.
func TestLessonOnEveryScreen(t *testing.T) {
	t.Parallel()
	axe := axeSource(t)
	ctx := browser(t)
	h := teaching(t)
	dir := shots(t)
	for _, s := range []screen{phone, laptop, projector} {
		p := open(t, ctx, h, s, "/")
		for k, c := range pages {
			path, fragment, _ := strings.Cut(c.path, "#")
			p.do(chromedp.Navigate(fmt.Sprintf("%s%s?%d#%s", h.URL, path, k, fragment)))
			p.until(c.name+" is there", c.ready)
			if c.name == "watch" {
				evaluated[any](p, `(() => { const t = document.querySelector("#time"); t.value = 120; t.dispatchEvent(new Event("input")); return 0; })()`)
			}
			if wide := evaluated[[2]float64](p, `[Math.max(document.documentElement.scrollWidth, document.body.scrollWidth), document.documentElement.clientWidth]`); wide[0] > wide[1] {
				t.Errorf("%s on the %s: %v px in %v", c.name, s.name, wide[0], wide[1])
			}
			time.Sleep(400 * time.Millisecond) // for what fades in
			image, err := chromedp.Run(p.ctx, chromedp.FullScreenshot(100))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, s.name+"-"+c.name+".png"), image, 0o644); err != nil {
				t.Fatal(err)
			}
			checkAxe(p, axe, c.name+" on the "+s.name)
		}
		p.click("#open-levers")
		p.until("the drawer is open", `document.querySelector("#levers").open`)
		checkAxe(p, axe, "the drawer on the "+s.name)
	}
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
