//go:build !js

package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"epgsim/sim/scenario"
)

// asShipped is a lesson of a scenario as it is, and the scenario.
func asShipped(t *testing.T, name string) (*lesson, *scenario.Scenario) {
	t.Helper()
	s, err := load(name, nil)
	if err != nil {
		t.Fatal(err)
	}
	own := s.Params.Project.Years
	return &lesson{name: name, own: own, years: max(pageYears, own), seed: 1, replications: 6}, s
}

// The scenario that is served stays where none is named: on reload, on the way
// back and when all is reset.
func TestServedScenarioStays(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	l, s := asShipped(t, "paper-machinery")
	p := open(t, ctx, opening(t, s), laptop, "/#step=compare&n=6")
	p.shows(l)
	p.do(chromedp.Reload())
	p.shows(l)
	p.click("#steps [data-step=meaning]")
	p.until("the claim is told", `document.querySelector("[data-verdict]")`)
	evaluated[any](p, `(history.back(), 0)`)
	p.until("the step before is back", `document.body.dataset.step === "compare"`)
	p.shows(l)
	p.click("#open-levers")
	p.until("the drawer is open", `document.querySelector("#scenario")`)
	evaluated[any](p, `(() => { const e = document.querySelector("#scenario"); e.value = "base"; e.dispatchEvent(new Event("change")); return 0; })()`)
	p.until("another scenario is chosen", `location.hash.includes("s=base")`)
	p.do(chromedp.KeyEvent(kb.Escape))
	base, _ := asShipped(t, "base")
	p.shows(base)
	p.click("#open-levers")
	const reset = "#levers .body > .buttons button:not([hidden])"
	p.until("all can be reset", fmt.Sprintf(`document.querySelector(%q)`, reset))
	p.click(reset)
	p.until("all is reset", `!location.hash.includes("s=base") && document.querySelector("#scenario").value === ""`)
	if named := evaluated[string](p, `document.querySelector("#scenario").selectedOptions[0].textContent`); !strings.Contains(named, s.Name) {
		t.Errorf("after all is reset the group is %q, not the served %q", named, s.Name)
	}
}

// A project of more years than the chart has is shown as compare tells it.
func TestLessonOfManyYears(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	l, _ := asShipped(t, "base")
	l.set, l.own, l.years = map[string]string{"project.years": "10"}, 10, 10
	open(t, ctx, teaching(t), laptop, "/#c=short&step=compare&s=base&n=6&set.project.years=10").shows(l)
}

// Whoever comes to the dance can play it at once, by the keys that are named
// there.
func TestShortcutsOnArrival(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	p := open(t, ctx, teaching(t), laptop, "/#step=predict&n=40")
	p.click("#steps [data-step=watch]")
	p.until("the groups dance", `document.querySelectorAll("#floors figure").length === 3`)
	const week = `Number(document.querySelector("#time").value)`
	p.press(".", ".", ",")
	p.until("a step back from the second week", week+` === 1`)
	p.press(" ")
	p.until("weeks pass", week+` > 3`)
	p.press(" ")
}

// drop drops a file onto the page, as a hand would from another window.
func (p *tab) drop(name, text string) {
	p.Helper()
	evaluated[any](p, fmt.Sprintf(`(() => { const d = new DataTransfer(); d.items.add(new File([%q], %q));
		document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: d, bubbles: true, cancelable: true})); return 0; })()`, text, name))
}

// A file that is dropped onto the page is the scenario; a wrong one is told
// what is wrong with it, by its own name, and one that is too long that it is.
func TestDroppedFiles(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	l, s := asShipped(t, "paper-machinery")
	p := open(t, ctx, teaching(t), laptop, "/#c=short&step=compare&n=6&s=base")
	base, _ := asShipped(t, "base")
	p.shows(base)
	p.drop("mine.toml", string(s.TOML()))
	p.until("the file is taken", `!location.hash.includes("s=base")`)
	p.shows(l)

	p.may = "status of 422"
	p.drop("wrong.toml", "name = \"wrong\"\n[group]\nsise = 4\n")
	p.until("the page says what is wrong", `document.querySelector("#trouble").textContent.includes("wrong.toml:3: group.sise: unknown key; did you mean group.size?")`)

	p.drop("long.toml", strings.Repeat("# much\n", 20_000))
	p.until("the page says that the file is too long", `document.querySelector("#note").textContent.includes("long.toml") && !document.querySelector("#note").hidden`)
}

// What was predicted in a chapter is there after a reload in another.
func TestPredictionsOfOtherChaptersStay(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	p := open(t, ctx, teaching(t), laptop, "/#step=predict")
	const line = `[...document.querySelectorAll("[data-k]")].map(e => e.getAttribute("aria-valuenow")).join(" ")`
	points := func(n int) { // which tells the first chapter's chart from the second's
		p.until("the chapter is open", fmt.Sprintf(`document.querySelectorAll("[data-k]").length === %d`, n))
	}
	p.place(0.1, 0.2, 0.3)
	drawn := evaluated[string](p, line)
	p.click("#chapters li:nth-child(2) button")
	points(6)
	p.do(chromedp.Reload())
	points(6)
	p.click("#chapters li:nth-child(1) button")
	points(3)
	if got := evaluated[string](p, line); got != drawn {
		t.Errorf("drawn was %s, after a reload it is %s", drawn, got)
	}
}

// A group with a mix of its own dances beside the pure forms. This is the one
// look at the lesson in a browser that is not long.
func TestOwnMixHasAFloor(t *testing.T) {
	t.Parallel()
	ctx := chromium(t)
	p := open(t, ctx, teaching(t), laptop, "/#c=short&step=watch&s=paper-machinery")
	p.until("four groups dance", `document.querySelectorAll("#floors figure").length === 4 && document.querySelector("#floors .own canvas").width > 100`)
}
