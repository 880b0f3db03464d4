//go:build !js

package main

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// seenAs looks at a page on a screen, light and dark: axe finds nothing wrong, and
// nothing sticks out.
func (p *tab) seenAs(axe, name string, s screen) {
	p.Helper()
	p.do(chromedp.EmulateViewport(s.width, s.height))
	for _, scheme := range []string{"light", "dark"} {
		features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}} // or colours are on their way
		if _, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
			p.Fatal(err)
		}
		what := name + " on the " + s.name + ", " + scheme
		if wide := evaluated[[2]float64](p, `[Math.max(document.documentElement.scrollWidth, document.body.scrollWidth), document.documentElement.clientWidth]`); wide[0] > wide[1] {
			p.Errorf("%s: %v px in %v", what, wide[0], wide[1])
		}
		p.shot(s.name+"-"+name+"-"+scheme, false)
		checkAxe(p, axe, what)
	}
}

// What a class has to do with, on telephone and projector: the wall with the
// teacher's list, the show of hands, the sheet, and the student's page.
func TestClassroomOnScreens(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	axe := axeSource(t)
	h := teaching(t)
	teacher := open(t, ctx, h, projector, "/#n=40&step=predict")
	teacher.click("#open-class")
	teacher.until("the class is offered", `document.querySelector("#start-class")`)
	teacher.seenAs(axe, "class-offer", phone)
	teacher.click("#start-hands")
	evaluated[any](teacher, `(document.querySelector(".hands li:nth-child(2) button:last-of-type").click(), document.querySelector("#hands-reveal").click(), 0)`)
	teacher.until("the result is there", `document.querySelector(".hands .right")`)
	for _, s := range []screen{phone, projector} {
		teacher.seenAs(axe, "hands", s)
	}
	evaluated[any](teacher, `([...document.querySelectorAll("#class .body > .quiet")].at(-1).click(), 0)`)
	teacher.click("#start-class")
	teacher.until("there is a code", `document.querySelector("#class-code")`)
	student := open(t, ctx, h, phone, "/c/"+teacher.text("#class-code"))
	student.until("the question is there", `document.querySelector("[data-k]")`)
	student.seenAs(axe, "student", phone)
	student.place(0.1, 0.2, 0.3)
	student.click("#send")
	teacher.until("the wall counts the prediction", `/\b1\b/.test(document.querySelector("#class .counted").textContent)`)
	evaluated[any](teacher, `(document.querySelector(".roll summary").click(), 0)`)
	teacher.until("the list is there", `document.querySelector(".roll tbody tr")`)
	teacher.seenAs(axe, "wall", projector)
	teacher.click("#reveal")
	student.until("the result is there", `document.querySelector(".versus")`)
	student.seenAs(axe, "student-revealed", phone)
	teacher.seenAs(axe, "wall-revealed", laptop)
	sheet := open(t, ctx, h, laptop, "/#n=20")
	sheet.do(chromedp.Navigate(h.URL + "/?sheet=1#n=20&step=predict"))
	sheet.until("the sheet is there", `document.querySelector(".sheet article")?.getAttribute("aria-busy") === "false"`)
	sheet.seenAs(axe, "sheet", phone)
}
