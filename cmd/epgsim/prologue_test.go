//go:build !js

package main

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// hoursOf are what the sliders of the prologue say, and what is left for own work.
const hoursOf = `[...document.querySelectorAll(".lane input")].map(e => e.value).join(" ")`

// weekOf is the week that the prologue stands at.
const weekOf = `Number(/\d+/.exec(document.querySelector(".weeks b").textContent)[0])`

// The prologue with nothing but a keyboard: hours shared out, a year gone by in steps, the
// stop, one more year, a deal, and on to the lesson.
func TestPrologueByKeyboard(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	p := open(t, ctx, teaching(t), laptop, "/")
	p.until("the yard is there", `document.querySelector(".yard")`)
	p.tabTo("#pro-customer")
	p.press(kb.ArrowRight, kb.ArrowRight)
	p.tabTo("#pro-first")
	p.press(kb.ArrowRight, kb.ArrowRight, kb.ArrowRight, kb.ArrowRight)
	p.tabTo("#pro-second")
	p.press(kb.End) // no more than are left
	if got := evaluated[string](p, hoursOf); got != "2 4 12" {
		t.Errorf("the hours are %s", got)
	}
	p.press(kb.Home, kb.ArrowRight, kb.ArrowRight, kb.ArrowRight, kb.ArrowRight)
	if got := evaluated[string](p, hoursOf); got != "2 4 4" {
		t.Errorf("the hours are %s", got)
	}
	p.tabTo("#pro-step")
	step := func(to float64) {
		for range 40 {
			if evaluated[float64](p, weekOf) >= to {
				return
			}
			p.press(kb.Enter)
		}
		t.Fatalf("the steps lead to week %v, not %v", evaluated[float64](p, weekOf), to)
	}
	step(52)
	if sold := evaluated[bool](p, `document.querySelector(".yard .boat").classList.contains("at-deal")`); sold {
		t.Error("there is a deal in the first year")
	}
	if label := evaluated[string](p, `document.querySelector(".yard").getAttribute("aria-label")`); label == "" {
		t.Error("the picture says nothing")
	}
	p.tabTo("#pro-play")
	p.press(kb.Enter) // one more year
	p.tabTo("#pro-step")
	step(70)
	for range 10 {
		if evaluated[bool](p, `document.querySelector(".yard .boat").classList.contains("at-deal")`) {
			break
		}
		p.press(kb.Enter)
	}
	p.until("there is a deal", `document.querySelector(".yard .boat").classList.contains("at-deal")`)
	p.tabTo("#pro-leave")
	p.press(kb.Enter)
	p.until("the lesson goes on", `document.body.dataset.step === "predict"`)
}

// The same by pointer, as the clock runs; a yard that does nothing for its suppliers sees them go.
func TestPrologueByPointer(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	p := open(t, ctx, teaching(t), phone, "/")
	p.until("the yard is there", `document.querySelector(".yard")`)
	drag := func(id string, share float64) {
		b := evaluated[[4]float64](p, fmt.Sprintf(`(() => { const e = document.querySelector(%q); e.scrollIntoView({block: "center"}); const r = e.getBoundingClientRect(); return [r.x, r.y, r.width, r.height]; })()`, id))
		p.do(chromedp.DragAndDropXY(b[0]+10, b[1]+b[3]/2, b[0]+share*b[2], b[1]+b[3]/2, 12))
	}
	drag("#pro-customer", 0.2)
	drag("#pro-first", 0.25)
	if got := evaluated[[]float64](p, `[...document.querySelectorAll(".lane input")].map(e => Number(e.value))`); got[0] < 2 || got[1] < 2 || got[2] != 0 {
		t.Errorf("dragged, the hours are %v", got)
	}
	p.click("#pro-play")
	p.until("weeks pass", weekOf+` >= 1`)
	for range 12 { // each card stops the clock
		if evaluated[bool](p, `Boolean(document.querySelector(".yard .firm.gone"))`) {
			break
		}
		p.until("the clock runs or a card is read", `document.querySelector(".card.news") || `+weekOf+` > 3`)
		p.click("#pro-step")
	}
	p.until("the second supplier has gone", `document.querySelectorAll(".yard .firm")[2].classList.contains("gone")`)
	p.click("#pro-again")
	p.until("it begins anew", weekOf+` === 0 && `+hoursOf+` === "0 0 0"`)
	p.click("#pro-leave")
	p.until("it is skipped", `document.body.dataset.step === "predict" && document.querySelector("#panel-title")`)
}
