//go:build !js

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"epgsim/sim/analysis"
)

// What the page's ministry says of a form and a period is what compare prints of it.
func TestMinistrySaysWhatComparePrints(t *testing.T) {
	printed := done(t, "compare", "food-products", "--replications", "30", "--seed", "7", "--quiet", "--out", filepath.Join(t.TempDir(), "out"), "--no-map")
	_, table, found := strings.Cut(printed, "For how long?")
	if !found {
		t.Fatalf("compare prints no table of periods: %.600s", printed)
	}
	h := teaching(t)
	for k, form := range []string{"market", "customer", "system"} {
		row := strings.Split(table, "\n")[2+k]
		if !strings.HasPrefix(strings.TrimSpace(row), form+" focus") {
			t.Fatalf("%q is not the row of %s focus", row, form)
		}
		cells := strings.Split(strings.TrimPrefix(strings.TrimSpace(row), form+" focus"), "±")
		for y, years := range []float64{1, 2, 3, 5} {
			before := strings.Fields(cells[y])
			want := before[len(before)-1]
			if got := perEuro(t, h.URL, form, years); got != want {
				t.Errorf("%s, %g years: the ministry says %s € a euro, compare %s", form, years, got, want)
			}
		}
	}
}

// perEuro is what a ministry hears of a group's further exports per public euro, with the
// digits that its interval justifies.
func perEuro(t *testing.T, url, form string, years float64) string {
	t.Helper()
	body := fmt.Sprintf(`{"grants":[{"what":{"scenario":"food-products"},"form":%q,"years":%g,"groups":1}],"replications":30,"seed":7}`, form, years)
	r, err := http.Post(url+"/api/ministry", "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK {
		t.Fatal(r.Status, err, string(text))
	}
	lines := bytes.Split(bytes.TrimSpace(text), []byte("\n"))
	var last struct {
		Whole struct {
			PerEuro struct{ Mean, Low, High float64 } `json:"per_euro"`
		}
	}
	if err := json.Unmarshal(lines[len(lines)-1], &last); err != nil {
		t.Fatal(err)
	}
	e := last.Whole.PerEuro
	estimate, _, _ := analysis.FormatInterval(analysis.Interval{Estimate: e.Mean, Low: e.Low, High: e.High}, analysis.ThinSpace)
	return estimate
}

// The ministry in a browser: one group more is one more in the link; what is funded shows
// the numbers that the server gives; every try is kept.
func TestMinistryInABrowser(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	h := teaching(t)
	p := open(t, ctx, h, laptop, "/#c=ministry")
	p.until("the kinds stand there", `document.querySelectorAll(".tile").length === 4`)
	p.click("#min-more-3")
	p.until("the link has it", `location.hash.includes("c3.1")`)
	p.click("#fund")
	p.until("the first try is kept", `document.querySelectorAll(".ministry tbody tr").length === 1`)
	said := evaluated[[]float64](p, `fetch("/api/ministry", {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify({grants: [["food-products", "market", 4], ["paper-machinery", "customer", 4], ["boat-building-system", "system", 4], ["environmental-technology", "customer", 1]].map(([s, form, groups]) => ({what: {scenario: s}, form, years: 3, groups})), replications: 100, seed: 1})})
		.then(r => r.text()).then(t => { const w = JSON.parse(t.trim().split("\n").at(-1)).whole; return [w.per_euro.mean, w.never.mean, w.seen.mean, w.lost.mean]; })`)
	shown := evaluated[[]float64](p, `[...document.querySelectorAll(".ministry tbody td")].map(c => Number(c.dataset.value))`)
	if !slices.Equal(said, shown) || shown[0] == 0 {
		t.Errorf("the page shows %v, the server says %v", shown, said)
	}
	for range 4 { // until the budget is spent
		if evaluated[bool](p, `document.querySelector("#min-more-3").disabled`) {
			break
		}
		p.click("#min-more-3")
	}
	if !evaluated[bool](p, `[...document.querySelectorAll("[id^=min-more]")].every(b => b.disabled)`) {
		t.Error("one may give more than there is")
	}
	evaluated[any](p, `(() => { const e = document.querySelector("#min-years-0"); e.value = "5"; e.dispatchEvent(new Event("change")); return 0; })()`)
	if !evaluated[bool](p, `document.querySelector("#fund").disabled`) {
		t.Error("one may fund what is beyond the budget")
	}
	p.do(chromedp.Reload())
	p.until("the link brings it back", `document.querySelector("#min-years-0")?.value === "5" && location.hash.includes("m5.4")`)
}

// A slider moved by keyboard starts the dance anew under the same luck, keeps the keyboard,
// and says what was before.
func TestSlidersInABrowser(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	p := open(t, ctx, teaching(t), laptop, "/#c=short&step=watch&n=20")
	p.until("the sliders are there", `document.querySelectorAll("#sliders input").length === 6 && document.querySelector("#sliders-changed").hidden && /In 20 evenings/.test(document.querySelector("#sliders-changed").textContent)`)
	p.toWeek(260)
	p.until("at its end the dance says what came of it", `!document.querySelector("#sliders-changed").hidden`)
	last := evaluated[string](p, `document.querySelector("#luck").textContent`)
	p.click("#luck")
	p.until("another evening is there", fmt.Sprintf(`document.querySelector("#luck").textContent !== %q`, last))
	p.until("so does another evening, which stands at its end", `location.hash.includes("r=1") && /In 20 evenings/.test(document.querySelector("#sliders-changed:not([hidden])")?.textContent)`)
	p.toWeek(10)
	luck := evaluated[string](p, `String(new URLSearchParams(location.hash.slice(1)).get("r"))`)
	evaluated[any](p, `document.querySelector("#control-project-years").focus()`)
	p.press(kb.ArrowRight)
	p.until("the longer dance is there, and what was before", `location.hash.includes("set.project.years=3.5") && /before/.test(document.querySelector("#sliders-changed:not([hidden])")?.textContent)`)
	if at := evaluated[string](p, focused); at != "#control-project-years" {
		t.Errorf("the keyboard is at %s", at)
	}
	if now := evaluated[string](p, `String(new URLSearchParams(location.hash.slice(1)).get("r"))`); now != luck {
		t.Errorf("luck %s has become %s", luck, now)
	}
	evaluated[any](p, `document.querySelector("#control-group-focus").focus()`)
	p.press(kb.ArrowLeft)
	p.until("the mix has a floor", `document.querySelectorAll("#floors figure").length === 4`)
	p.click("#sliders-reset")
	p.until("all is as the chapter has it", `!location.hash.includes("set.") && document.querySelectorAll("#floors figure").length === 3`)
}
