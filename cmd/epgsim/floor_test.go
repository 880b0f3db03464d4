//go:build !js

package main

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// dance is the address of the first chapter's dance.
const dance = "/#c=short&step=watch"

// toWeek moves the scrubber.
func (p *tab) toWeek(week int) {
	p.Helper()
	evaluated[any](p, fmt.Sprintf(`(() => { const t = document.querySelector("#time"); t.value = %d; t.dispatchEvent(new Event("input")); return 0; })()`, week))
}

// The cause is seen: while the system floor's offer waits for joint hours the page says so and how many there are, its
// customer's story tells of the joint work, and its strip grows.
func TestFloorShowsWhereTheTimeGoes(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	p := open(t, ctx, teaching(t), laptop, dance)
	p.until("the groups dance", `document.querySelectorAll("#floors figure").length === 3`)
	const said = `document.querySelector("#floors figure.system .says").textContent`
	waits := 0
	for week := 20; week <= 156; week += 4 {
		p.toWeek(week)
		if text := evaluated[string](p, said); strings.Contains(text, "joint hours: ") {
			waits = week
		}
	}
	if waits == 0 {
		t.Fatal("in three years no offer of the system group waits for joint hours")
	}
	p.toWeek(waits)
	evaluated[any](p, `(() => { const e = document.querySelector("#story-who"); e.value = [...e.options].find(o => JSON.parse(o.value).kind === "customer").value; e.dispatchEvent(new Event("change")); return 0; })()`)
	if story := p.text(".teller .lines"); !strings.Contains(story, "oint work") || !strings.Contains(story, "joint hours.") {
		t.Errorf("the customer's story is without its joint work: %s", story)
	}
	const grey = `(() => { const c = document.querySelector(".stave.system canvas"), d = c.getContext("2d").getImageData(0, 0, c.width, c.height).data; let n = 0;
		for (let k = 0; k < d.length; k += 4) if (d[k] === 0x8C && d[k + 1] === 0x1F && d[k + 2] === 0x63) n++; return n; })()`
	now := evaluated[float64](p, grey)
	p.do(chromedp.Reload()) // what was seen before would stay there, only paler
	p.until("the groups dance again", `document.querySelectorAll("#floors figure").length === 3`)
	p.toWeek(10)
	if before := evaluated[float64](p, grey); before >= now || now == 0 {
		t.Errorf("the time of joint offers is %v pixels in week %d, %v in week 10", now, waits, before)
	}
}

// When the music stops all floors are in sight, and nothing that sticks covers them: on a telephone, held upright or
// across, and on a laptop magnified twice.
func TestFloorsAreInSightWhenTheMusicStops(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	h := teaching(t)
	for _, s := range []screen{phone, {"phone held across", 844, 390}, {"laptop at 200 %", 683, 384}, laptop} {
		p := open(t, ctx, h, s, dance)
		p.until("the groups dance", `document.querySelectorAll("#floors figure").length === 3`)
		p.toWeek(155)
		evaluated[any](p, `(document.querySelector("#play").click(), 0)`) // wherever the page stands
		p.until("the music stops", `document.querySelector(".ticker.stopped")`)
		const seen = `[...document.querySelectorAll("#floors canvas.floor, #floors .stave canvas")].filter(e => { const b = e.getBoundingClientRect();
			const at = (f) => { const hit = document.elementFromPoint(b.x + b.width / 2, b.y + f * b.height); return hit === e || hit?.contains(e); };
			return b.top >= 0 && b.bottom <= innerHeight + 1 && at(0.1) && at(0.9); }).length`
		p.until("the page has scrolled", `(async () => { const y = scrollY; await new Promise(r => setTimeout(r, 150)); return y === scrollY; })()`)
		if n := evaluated[float64](p, seen); n != 6 {
			t.Errorf("%s: %v of three floors and three staves are in sight at the stop", s.name, n)
		}
	}
}

// The floors move: between two moments every floor is another picture, and for most of the play no line is to be read.
// Frames a second are no test, they are the machine's: a study tells them, best run alone.
func TestFloorsMove(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	p := open(t, ctx, teaching(t), projector, dance)
	p.until("the groups dance", `document.querySelectorAll("#floors figure").length === 3`)
	const pictures = `[...document.querySelectorAll("#floors canvas.floor")].map(c => c.toDataURL())`
	for _, week := range []int{60, 120} {
		p.toWeek(week)
		a := evaluated[[]string](p, pictures)
		p.toWeek(week + 1)
		for k, b := range evaluated[[]string](p, pictures) {
			if a[k] == b {
				t.Errorf("floor %d stands still in week %d", k, week)
			}
		}
	}
	if os.Getenv("EPGSIM_STUDY") == "" {
		return
	}
	for _, slower := range []float64{1, 4} {
		p.toWeek(0)
		if _, err := chromedp.Call(p.ctx, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: slower}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		t.Logf("1920 × 1080, %v times slower: %s", slower, evaluated[string](p, `new Promise(done => { let n = 0, read = 0, long = 0; const begun = performance.now();
			new PerformanceObserver(l => { long += l.getEntries().length; }).observe({type: "longtask"});
			document.querySelector("#play").click();
			requestAnimationFrame(function f() { n++; if (document.querySelector(".ticker").textContent) read++;
				const s = (performance.now() - begun) / 1000;
				if (s < 20) requestAnimationFrame(f); else { document.querySelector("#play").click(); done((n / s).toFixed(1) + " frames a second, " + long + " long tasks, a line to read in " + Math.round(100 * read / n) + " % of them"); } }); })`))
	}
}
