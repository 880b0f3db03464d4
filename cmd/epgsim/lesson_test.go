//go:build !js

package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// The first chapter from the question to the next chapter, with nothing but a
// keyboard.
func TestLessonByKeyboard(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	open(t, ctx, teaching(t), laptop, "/#step=predict&n=40").lessonByKeyboard(t)
}

func (p *tab) lessonByKeyboard(t *testing.T) {
	t.Helper()
	p.tabTo("A skip")
	p.press(kb.Enter)
	if at := evaluated[string](p, focused); at != "#main" {
		t.Errorf("the first link leads to %s, not past the head", at)
	}
	for k := range 3 {
		p.tabTo(fmt.Sprint("point ", k))
		p.press(kb.Home, kb.PageUp, kb.ArrowRight, kb.ArrowUp, kb.ArrowUp, kb.ArrowLeft)
	}
	p.press(kb.End)
	if got := evaluated[string](p, `[...document.querySelectorAll("[data-k]")].map(e => e.getAttribute("aria-valuenow")).join(" ")`); got != "1.2 1.2 10" {
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
	if said := p.text("#panel .said .you"); !strings.Contains(said, "not by year 10") {
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

// The same with a mouse: a line drawn, the dance looked into, the levers moved,
// and every chapter opened.
func TestLessonByPointer(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	open(t, ctx, teaching(t), laptop, "/#step=predict&n=40").lessonByPointer(t)
}

func (p *tab) lessonByPointer(t *testing.T) {
	t.Helper()
	p.place(0.2, 0.4, 1)
	if got := evaluated[[]float64](p, `[...document.querySelectorAll("[data-k]")].map(e => Number(e.getAttribute("aria-valuenow")))`); got[0] < 1 || got[0] > 4 || got[1] < 3 || got[1] > 6 || got[2] != pageYears {
		t.Fatalf("placed at a fifth, two fifths and the end, the markers are at %v", got)
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
	p.click("#to-start")
	p.clickDancer("#floors figure.system canvas")
	p.until("the SME tells its story", fmt.Sprintf(`document.querySelector("#panel .below").innerText !== %q && JSON.parse(document.querySelector("#story-who").value).kind === "sme"`, before))
	p.click("#luck")
	p.until("another evening is danced", `location.hash.includes("r=1")`)
	p.until("it is there", `document.querySelectorAll("#floors figure").length === 3`)
	p.click("#to-compare")
	p.until("all replications have run", `document.querySelector("#panel progress")?.hidden`)

	p.click("#open-levers")
	p.until("the drawer is open", `document.querySelector("#levers").open && document.querySelector("#levers input[type=number]")`)
	p.do(chromedp.KeyEvent(kb.Escape))
	p.until("the drawer is closed", `!document.querySelector("#levers").open`)
	chapters := evaluated[int](p, `document.querySelectorAll("#chapters li").length`)
	for k := range chapters - 1 { // the last asks nothing
		p.click(fmt.Sprintf("#chapters li:nth-child(%d) button", k+1))
		p.until("the chapter is open", fmt.Sprintf(`document.querySelector("#chapters li:nth-child(%d) button").getAttribute("aria-current") === "true" && document.querySelector("[data-k]")`, k+1))
		for _, step := range evaluated[[]string](p, `[...document.querySelectorAll("#steps [data-step]")].map(e => e.dataset.step)`) {
			p.click(fmt.Sprintf("#steps [data-step=%s]", step))
			p.until(step+" is shown", fmt.Sprintf(`document.body.dataset.step === %q && document.querySelector("#panel-title")`, step))
		}
	}
}

// clickDancer clicks the first SME on a floor when nobody has walked yet: it stands on the ring above the band.
func (p *tab) clickDancer(floor string) {
	p.Helper()
	const ring = 42.0 / 216 // its radius, of the height of a floor
	at := evaluated[[2]float64](p, fmt.Sprintf(`(() => { const e = document.querySelector(%q); e.scrollIntoView({block: "center"}); const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2 - %v * Math.min(b.width, b.height)]; })()`, floor, ring))
	p.do(chromedp.MouseClickXY(at[0], at[1]))
}

// A link opens the page where it was copied: the numbers of twenty groups are
// those of compare, to the last bit.
func TestLessonShowsWhatCompareWrites(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	h := teaching(t)
	p := open(t, ctx, h, laptop, "/#step=predict&n=40")
	p.showsLessons(h.URL+"/", lessons())
}

// shows waits until the chart of the first chapter is what compare writes of a
// lesson: what it showed before may still be there.
func (p *tab) shows(l *lesson) {
	p.Helper()
	replications, weekly := l.compared(p.T)
	var want [][]float64
	for y := range int(l.years) {
		var row []float64
		for _, variant := range slices.Compact(slices.Clone(replications["variant"])) {
			row = append(row, closed(weekly, variant, l.years, y+1))
		}
		want = append(want, row)
	}
	const cells = `document.querySelector("[data-view=share]")?.getAttribute("aria-pressed") === "false" ? (document.querySelector("[data-view=share]").click(), []) : [...document.querySelectorAll("#panel figure table tbody tr")].map(r => [...r.querySelectorAll("td")].map(c => c.dataset.value === undefined ? NaN : Number(c.dataset.value)).map(x => Number.isNaN(x) ? -1 : x))`
	var got [][]float64
	for deadline := time.Now().Add(patience); !slices.EqualFunc(got, want, alike); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			p.Fatalf("of %s the page shows %v, compare writes %v", l.name, got, want)
		}
		got = evaluated[[][]float64](p, cells)
	}
}

// alike says whether numbers are the same but for the order in which they were added.
func alike(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return math.Abs(x-y) < 1e-12 })
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
	student.place(0.1, 0.2, 0.3)
	student.click("#send")
	teacher.until("the wall counts the prediction", `/\b1\b/.test(document.querySelector("#class .counted").textContent)`)
	teacher.until("the wall shows it", `document.querySelector("#class .pencil")`)
	teacher.click("#reveal")
	for _, p := range []*tab{teacher, student} {
		p.until("the result is shown", `document.querySelectorAll("svg.chart .timerow .dot").length >= 3`)
	}
	student.until("nothing more can be sent", `document.querySelector("#send").offsetParent === null`)
}

// shot keeps a screenshot, of the whole page or of what is on the screen, where
// EPGSIM_SCREENSHOTS says, for people to look at. Without it, nobody would.
func (p *tab) shot(name string, whole bool) {
	p.Helper()
	dir := os.Getenv("EPGSIM_SCREENSHOTS")
	if dir == "" {
		return
	}
	take := chromedp.CaptureScreenshot()
	if whole {
		take = chromedp.FullScreenshot(100)
	}
	image, err := chromedp.Run(p.ctx, take)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+".png"), image, 0o644)
	}
	if err != nil {
		p.Fatal(err)
	}
}

// pages are those that are looked at.
var pages = []struct{ name, path, ready string }{ // the main ones first
	{"predict", "/#c=short&step=predict", `document.querySelector("[data-k]")`},
	{"watch", "/#c=short&step=watch&p=1,1.5,2", `document.querySelectorAll("#floors figure").length === 3`},
	{"compare", "/#c=short&step=compare&n=40&p=1,1.5,2", `document.querySelector("#panel progress")?.hidden`},
	{"cause", "/#c=short&step=cause&n=40", `document.querySelector(".bar svg")`},
	{"meaning", "/#c=short&step=meaning", `document.querySelector("[data-verdict]")`},
	{"prologue", "/#c=short&step=prologue&lang=fi", `document.querySelector(".yard")`},
	{"ministry", "/#c=ministry&lang=sv", `document.querySelectorAll(".tile").length === 4`},
	{"fit", "/#c=fit&step=predict&lang=fi", `document.querySelector("[data-k]")`},
	{"jealousy", "/#c=jealousy&step=watch&lang=sv", `document.querySelectorAll("#floors figure").length === 3`},
	{"band", "/#c=band&step=meaning&lang=fi", `document.querySelector("[data-verdict]")`},
	{"hope", "/#c=hope&step=meaning&lang=sv", `document.querySelector("[data-verdict]")`},
	{"lasting", "/#c=lasting&step=cause&lang=fi&n=40", `document.querySelector(".bar svg")`},
}

// mainPages is how many of them are looked at on every screen, the others on a
// laptop.
const mainPages = 3

// Telephone, laptop and projector: nothing sticks out, nothing is too small to
// touch or read, and axe finds nothing wrong.
func TestLessonOnEveryScreen(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	axe := axeSource(t)
	h := teaching(t)
	for _, s := range []screen{phone, laptop, projector} {
		p := open(t, ctx, h, s, "/")
		for k, c := range pages {
			if k >= mainPages && s != laptop {
				break
			}
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
			p.shot(s.name+"-"+c.name, true)
			checkAxe(p, axe, c.name+" on the "+s.name)
		}
		p.click("#open-levers")
		p.until("the drawer is open", `document.querySelector("#levers").open`)
		checkAxe(p, axe, "the drawer on the "+s.name)
	}
}
