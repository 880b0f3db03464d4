//go:build !js

package main

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"epgsim/sim/analysis"
)

// setValue types a value into a field, as one does who then leaves it.
func (p *tab) setValue(selector, value string) {
	p.Helper()
	evaluated[any](p, fmt.Sprintf(`(() => { const e = document.querySelector(%q); e.value = %q; e.dispatchEvent(new Event("change", {bubbles: true})); return 0; })()`, selector, value))
}

// The question answered by typed numbers, and what is revealed: the three views, each
// with a finding for a title and with compare's numbers, and the picture to take along.
func TestRevealOfFirstDeals(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	axe := axeSource(t)
	l, _ := asShipped(t, "boat-building-system")
	l.replications = 40
	p := open(t, ctx, teaching(t), laptop, "/?embed=1#c=short&step=predict&s=boat-building-system&n=40")
	if seen := evaluated[bool](p, `[".top", ".foot"].some(s => document.querySelector(s).getClientRects().length > 0)`); seen {
		t.Error("embedded, the page still has its head or foot")
	}
	for k, years := range []string{"0.5", "1.2"} {
		p.setValue(fmt.Sprintf("#guess-%d", k), years)
	}
	if said := p.text("#predicted"); said != "Go on without a guess" {
		t.Errorf("with one marker missing the button says %q", said)
	}
	p.setValue("#guess-2", "10")
	p.until("the guess is whole", `location.hash.includes("p=0.5%2C1.2%2C10")`)
	p.click("#predicted")
	p.until("the groups dance", `document.querySelectorAll("#floors figure").length >= 3`)
	p.click("#steps [data-step=compare]")
	p.until("all replications have run", `document.querySelector("#panel progress")?.hidden`)
	if said := p.text("#panel .said .you"); !strings.Contains(said, "not by year 10") {
		t.Errorf("the guess is not beside the result: %s", said)
	}
	p.showsStopping(l)
	titles := map[string]bool{}
	for _, view := range []string{"first", "share", "keur"} {
		p.click("[data-view=" + view + "]")
		p.until("its colours stand still", `document.getAnimations().length === 0`)
		checkAxe(p, axe, "the view "+view)
		titles[p.text("#panel-title")] = true
		if hash := p.savedPicture(); !strings.Contains(hash, p.text("#panel-title")) || !strings.Contains(hash, "epgsim "+version) {
			t.Errorf("the picture of %s says %.300s", view, hash)
		}
	}
	if len(titles) != 3 {
		t.Errorf("the titles of the views are %v", titles)
	}
}

// savedPicture saves the picture and returns its texts, which must be in a drawing that
// can be read.
func (p *tab) savedPicture() string {
	p.Helper()
	evaluated[any](p, `(() => { const make = URL.createObjectURL; URL.createObjectURL = (b) => { b.text().then(t => { window.saved = t; }); URL.createObjectURL = make; return make.call(URL, b); }; window.saved = ""; return 0; })()`)
	p.click("#save-picture")
	p.until("the picture is saved", `window.saved`)
	return evaluated[string](p, `(() => { const d = new DOMParser().parseFromString(window.saved, "image/svg+xml"); return d.querySelector("parsererror") ? "no drawing" : [...d.querySelectorAll("text")].map(t => t.textContent).join("|"); })()`)
}

// showsStopping holds the table of first deals to what compare writes: shares of groups
// that have sold nothing, what is lost by stopping, and the median week.
func (p *tab) showsStopping(l *lesson) {
	p.Helper()
	replications, _ := l.compared(p.T)
	got := evaluated[[][]float64](p, `[...document.querySelectorAll("#panel figure table tbody tr")].map(r => [...r.querySelectorAll("td")].map(c => Number(c.dataset.value ?? -1)))`)
	if len(got) != 7 {
		p.Fatalf("the table has rows %v", got)
	}
	for v, variant := range slices.Compact(slices.Clone(replications["variant"])) {
		first := rows(p.T, replications, variant, l.own, "first_deal_week")
		sold := func(years float64) []float64 { return rows(p.T, replications, variant, years, "value_total_expected") }
		nothing := 0.0
		for _, deals := range rows(p.T, replications, variant, l.own, "deals_project") {
			if deals == 0 {
				nothing++
			}
		}
		median := analysis.MedianTime(first).Estimate
		if math.IsInf(median, 1) {
			median = -1
		}
		want := []float64{median, nothing / float64(len(first)), analysis.OneLess(analysis.RatioOfMeans(sold(l.own), sold(l.years))).Estimate}
		if found := []float64{got[0][v], got[1][v], got[3][v]}; !alike(found, want) {
			p.Errorf("%s: the page has %v, compare %v", variant, found, want)
		}
	}
}

// A suspect that is named before the group has run is tried when it has.
func TestSuspectNamedAtOnce(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	p := open(t, ctx, teaching(t), phone, "/#c=short&step=meaning&n=300&seed=7")
	evaluated[any](p, `(() => { new MutationObserver((_, o) => { const b = document.querySelector("[data-suspect=joint]"); if (b) { o.disconnect(); b.click(); } }).observe(document.body, {childList: true, subtree: true}); return 0; })()`)
	p.click("#steps [data-step=cause]")
	p.until("joint work is tried", `document.querySelector("li.cause-yes [data-suspect=joint]")`)
	p.click("#steps [data-step=meaning]")
	p.until("the meaning is told", `document.querySelector("[data-verdict]")`)
	p.click("#steps [data-step=cause]")
	p.until("joint work is still away", `document.querySelector("li.cause-yes [data-suspect=joint][aria-disabled]")`)
}
