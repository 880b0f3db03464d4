//go:build !js

package teach

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// another opens a second tab of the same browser, with a session of its own.
func (p *page) another(path string) *page {
	p.Helper()
	ctx, cancel := chromedp.NewContext(p.ctx)
	p.Cleanup(cancel)
	if err := chromedp.Do(ctx, chromedp.Navigate(p.url+path)); err != nil {
		p.Fatal(err)
	}
	return &page{p.T, ctx, p.url}
}

// shot keeps a picture of the page when pictures are asked for.
func (p *page) shot(name string, width, height int64) {
	p.Helper()
	p.do(chromedp.EmulateViewport(width, height))
	p.value(settled)
	dir := os.Getenv("EPGSIM_SCREENSHOTS")
	if dir == "" {
		return
	}
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), picture, 0o600); err != nil {
		p.Fatal(err)
	}
}

// pages is how many pages the page prints on; the print is kept when pictures are
// asked for.
func (p *page) pages(name string) int {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	print, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4)))
	if err != nil {
		p.Fatal(err)
	}
	if dir := os.Getenv("EPGSIM_SCREENSHOTS"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name+".pdf"), print, 0o600); err != nil {
			p.Fatal(err)
		}
	}
	return bytes.Count(print, []byte("/Type /Page\n"))
}

// inSight says whether an element is on the screen.
const inSight = `((e) => { const r = e.getBoundingClientRect(); return r.height > 0 && r.top >= 0 && r.bottom <= innerHeight + 1; })`

// A class on the page: a student predicts, is told so on the telephone's screen,
// and goes on with the class when the server was started anew; the teacher takes
// a prediction out, saves the answers and shows the result, in numbers, to both.
func TestClassPages(t *testing.T) {
	t.Parallel()
	p := browse(t, Config{})
	h, end := listening(t, "127.0.0.1:0")
	p.url = h.URL
	teacher := p
	teacher.do(chromedp.Navigate(p.url + "/#n=40&step=predict"))
	teacher.until(`document.querySelector("[data-k]")`)
	teacher.value(`document.querySelector("#open-class").click()`)
	teacher.value(`document.querySelector("#start-class").click()`)
	teacher.until(`document.querySelector("#class-code")`)
	code := teacher.value(`document.querySelector("#class-code").textContent`)
	student := p.another("/c/" + code)
	student.do(chromedp.EmulateViewport(390, 844))
	student.until(`document.querySelector("[data-k]")`)
	for k := range 3 {
		student.value(fmt.Sprintf(`document.querySelector("[data-k='%d']").dispatchEvent(new KeyboardEvent("keydown", { key: "PageUp", bubbles: true }))`, k))
	}
	student.value(`document.querySelector("#send").click()`)
	student.until(`document.querySelector("#said").textContent.startsWith("Sent")`)
	student.shot("student-sent", 390, 844)
	if student.value(inSight+`(document.querySelector("#said"))`) != "true" {
		t.Error("the student does not see that it is sent")
	}
	if student.value(`document.querySelector(".mark line") !== null`) != "true" {
		t.Error("the student's chart lacks the stop line")
	}
	teacher.until(`/\b1\b.*\b1\b/.test(document.querySelector("#class .counted").textContent)`)

	end() // the server goes, with the class in it
	teacher.until(`!document.querySelector("#class .lost").hidden`)
	student.until(`!document.querySelector("#lost").hidden`)
	student.shot("student-lost", 390, 844)
	teacher.shot("wall-lost", 1366, 768)
	_, end = listening(t, strings.TrimPrefix(h.URL, "http://"))
	t.Cleanup(func() { end() })
	teacher.until(`document.querySelector("#class .lost").hidden && /\b1\b.*\b1\b/.test(document.querySelector("#class .counted").textContent)`)
	student.until(`document.querySelector("#lost").hidden`)
	if again := teacher.value(`document.querySelector("#class-code").textContent`); again != code {
		t.Errorf("the class %s comes back as %s", code, again)
	}

	foe := `fetch("/api/class/` + code + `/prediction", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ values: [9, 9, 9], who: "foe" }) }).then((r) => r.status)`
	if status := student.value(foe); status != "200" {
		t.Fatalf("a second prediction: %s", status)
	}
	teacher.value(`document.querySelector(".roll summary").click()`)
	teacher.until(`document.querySelectorAll(".roll tbody tr").length === 2`)
	teacher.shot("wall-roll", 1366, 768)
	teacher.value(`[...document.querySelectorAll(".roll tbody tr")].at(-1).querySelector("button").click()`)
	teacher.until(`document.querySelectorAll(".roll tbody tr").length === 1`)
	teacher.value(`document.querySelector(".roll summary").click()`)

	teacher.value(`document.querySelector("#reveal").click()`)
	for name, p := range map[string]*page{"wall": teacher, "student": student} {
		p.until(`document.querySelectorAll(".versus dd").length >= 2 && document.querySelectorAll("svg.chart .timerow .dot").length >= 3`)
		size := map[string][2]int64{"wall": {1366, 768}, "student": {390, 844}}[name]
		p.shot(name+"-revealed", size[0], size[1])
	}
	if a, b := teacher.value(`document.querySelector(".versus .system dd").textContent`), student.value(`document.querySelector(".versus .system dd").textContent`); a != b || a == "" {
		t.Errorf("the wall says %s, the student's page %s", a, b)
	}
	teacher.value(`(() => { URL.createObjectURL = (b) => { b.text().then((text) => { window.saved = text; }); return "#"; }; document.querySelector("#class-csv").click(); })()`)
	teacher.until(`window.saved`)
	rows, err := csv.NewReader(strings.NewReader(teacher.value(`window.saved`))).ReadAll()
	if err != nil || len(rows) != 1+1+9 || rows[1][0] != "prediction" || rows[2][0] != "model" || len(rows[1]) != 5+3 {
		t.Errorf("saved: %v, %v", err, rows)
	}
}

// A show of hands needs no device and no server: the hands stand beside the
// result, which falls on one of the answers.
func TestShowOfHands(t *testing.T) {
	t.Parallel()
	p := browse(t, Config{})
	for _, c := range []struct{ chapter, lang string }{{"short", "en"}, {"fit", "fi"}} {
		p.do(chromedp.Navigate(fmt.Sprintf("%s/?%s#n=40&step=predict&c=%s&lang=%s", p.url, c.lang, c.chapter, c.lang)))
		p.until(`document.querySelector("[data-k]")`)
		p.value(`document.querySelector("#open-class").click()`)
		p.shot("class-offer-"+c.lang, 1366, 768)
		p.value(`document.querySelector("#start-hands").click()`)
		for range 3 {
			p.value(`document.querySelector(".hands li:nth-child(2) button:last-of-type").click()`)
		}
		p.value(`(() => { const e = document.querySelector("#hands-typed"); e.value = "1"; e.form.requestSubmit(); })()`)
		p.until(`document.querySelector("#class .counted").textContent.startsWith("4")`)
		p.value(`document.querySelector("#hands-reveal").click()`)
		p.until(`document.querySelectorAll(".hands .right").length === 1 && document.querySelector("#class .revealed")`)
		p.shot("hands-"+c.lang, 1366, 768)
		p.shot("hands-phone-"+c.lang, 390, 844)
	}
}

// The teacher's sheet holds the number that the comparison shows.
func TestTeachersSheet(t *testing.T) {
	t.Parallel()
	p := browse(t, Config{})
	p.do(chromedp.Navigate(p.url + "/#n=20&step=compare"))
	p.until(`document.querySelector("#panel progress")?.hidden`)
	want := p.value(`document.querySelector("#panel .revealed").textContent.split(". ")[0]`) // what is told of all forms
	for _, lang := range []string{"en", "fi", "sv"} {
		p.do(chromedp.Navigate(fmt.Sprintf("%s/?sheet=%s#n=20&lang=%s", p.url, lang, lang)))
		p.until(`document.querySelector(".sheet article")?.getAttribute("aria-busy") === "false"`)
		if got := p.value(`document.querySelector(".sheet .plan").textContent`); lang == "en" && !strings.Contains(got, want) {
			t.Errorf("the sheet says %q, the lesson %q", got, want)
		}
		if text := p.value(`document.querySelector(".sheet").textContent`); strings.Contains(text, "{") || strings.Contains(text, "sheet.") {
			t.Errorf("%s: %s", lang, text)
		}
		p.shot("sheet-"+lang, 720, 1020) // about A4
		if p.value(`document.documentElement.scrollWidth <= innerWidth`) != "true" {
			t.Errorf("%s: the sheet is wider than its page", lang)
		}
		if pages := p.pages("sheet-" + lang); pages != 1 {
			t.Errorf("%s: the sheet takes %d pages", lang, pages)
		}
	}
	p.value(`(() => { const e = document.querySelector("#sheet-chapter"); e.value = ""; e.dispatchEvent(new Event("change")); })()`)
	for deadline := time.Now().Add(patience); p.value(`document.querySelector(".sheet .pages").dataset.ready`) != "true"; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the sheets are not ready")
		}
	}
	n, all := p.value(`document.querySelectorAll(".sheet article[aria-busy=false] .plan").length`), p.value(`document.querySelectorAll("#sheet-chapter option:not([value=\"\"])").length`)
	if n != all {
		t.Errorf("%s sheets of %s chapters", n, all)
	}
}
