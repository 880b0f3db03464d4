//go:build !js

package main

import (
	"bytes"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// reported opens the page of a command in a tab.
func reported(t *testing.T, words ...string) *tab {
	t.Helper()
	ctx := chromium(t)
	dir := filepath.Join(t.TempDir(), "out")
	done(t, append(words, "--quiet", "--out", dir)...)
	file := url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Join(dir, "report.html"))}
	if err := chromedp.Do(ctx); err != nil { // opens the tab
		t.Fatal(err)
	}
	p := &tab{T: t, ctx: ctx}
	p.do(chromedp.EmulateViewport(laptop.width, laptop.height), chromedp.Navigate(file.String()))
	return p
}

// memoParts are what a report says first.
const memoParts = `["h1", ".subtitle", ".memo li:last-child", ".memo svg", ".memo table", ".memo .caveat"]`

// The verdict, one picture, the table per public euro and the caveat are on the first screen
// of a laptop and on the first page of the print; tables sort; marks tell their values.
func TestReportIsAMemo(t *testing.T) {
	t.Parallel()
	p := reported(t, "compare", "food-products", "--no-map", "--replications", "8")
	for _, hidden := range evaluated[[]string](p, memoParts+`.filter((s) => !(document.querySelector(s)?.getBoundingClientRect().bottom <= innerHeight))`) {
		t.Errorf("%s is not on the first screen", hidden)
	}
	checkSorting(p)
	checkValues(p)
	if asked {
		axe := axeSource(t)
		for _, s := range []screen{laptop, phone} {
			p.do(chromedp.EmulateViewport(s.width, s.height))
			checkAxe(p, axe, "the report on the "+s.name)
		}
	}
	checkFirstPage(p)
}

// checkSorting sorts the table of the memo by its second column.
func checkSorting(p *tab) {
	p.Helper()
	const column = `[...document.querySelectorAll(".memo tbody tr")].map((r) => parseFloat(r.cells[1].textContent.replace("−", "-").replaceAll(/\s/g, "")))`
	const inOrder = `((c) => c.length > 2 && c.every((x, k) => k === 0 || `
	before := evaluated[string](p, column+`.join()`)
	p.click(".memo thead th:nth-child(2) button")
	if !evaluated[bool](p, inOrder+`x >= c[k - 1]))(`+column+`)`) {
		p.Errorf("sorted up: %s", evaluated[string](p, column+`.join()`))
	}
	p.press(kb.Enter) // the button has the keyboard
	if !evaluated[bool](p, inOrder+`x <= c[k - 1]))(`+column+`)`) || !evaluated[bool](p, focusShows) {
		p.Errorf("sorted down: %s", evaluated[string](p, column+`.join()`))
	}
	p.press(kb.Enter)
	if now := evaluated[string](p, column+`.join()`); now != before {
		p.Errorf("as written: %s, now %s", before, now)
	}
}

// checkValues points at a mark of a figure, and goes to the next one by keyboard.
func checkValues(p *tab) {
	p.Helper()
	const said = `document.querySelector(".value").textContent`
	p.click("#figure-per-euro svg > g[pointer-events] > rect")
	p.until("a value is shown", said)
	first := evaluated[string](p, said)
	p.do(chromedp.KeyEvent(kb.End))
	last := evaluated[string](p, said)
	if first == "" || last == "" || first == last {
		p.Errorf("the first mark says %q, the last %q", first, last)
	}
	p.do(chromedp.KeyEvent(kb.Escape))
	if left := evaluated[string](p, said); left != "" {
		p.Errorf("still there: %q", left)
	}
}

// checkFirstPage prints the memo on one page of A4, whole.
func checkFirstPage(p *tab) {
	p.Helper()
	if _, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
		p.Fatal(err)
	}
	p.do(chromedp.EmulateViewport(672, 1012)) // what the margins leave of a page
	cut := evaluated[[]string](p, `((memo) => `+memoParts+`.filter((s) => { const b = document.querySelector(s).getBoundingClientRect(); return b.height < 8 || b.right > 673 || b.bottom > memo.bottom + 1; }))(document.querySelector(".memo").getBoundingClientRect())`)
	if len(cut) > 0 {
		p.Errorf("cut or gone in print: %s", strings.Join(cut, ", "))
	}
	if high := evaluated[float64](p, `document.querySelector(".memo svg").getBoundingClientRect().height`); high < 200 {
		p.Errorf("the figure is %g px high in print", high)
	}
	whole := printedPages(p)
	evaluated[any](p, `(document.querySelectorAll("main > :not(.memo), footer").forEach((e) => e.remove()), 0)`)
	if alone := printedPages(p); alone != 1 || whole < 5 {
		p.Errorf("the memo prints on %d pages, all on %d", alone, whole)
	}
}

func printedPages(p *tab) int {
	p.Helper()
	pdf, err := chromedp.Run(p.ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4)))
	if err != nil {
		p.Fatal(err)
	}
	return bytes.Count(pdf, []byte("/Type /Page\n"))
}
