package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"epgsim/cmd/internal/tell"
	"epgsim/plots"
	"epgsim/sim/analysis"
	"epgsim/sim/scenario"
)

// published is the page of a document, and what is printed of it.
func published(t *testing.T, language string, d *document) (page, printed string) {
	t.Helper()
	s, err := scenario.Load("base")
	if err != nil {
		t.Fatal(err)
	}
	l, err := tell.LanguageOf(language)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "out")
	r, err := Create(&Program{Version: "0", Now: time.Now}, OfScenario(s), Settings{Path: dir, Format: "csv", Replications: 3, Language: l})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var b bytes.Buffer
	d.page = PageFile
	if err := r.publish(&b, d); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, PageFile))
	if err != nil {
		t.Fatal(err)
	}
	return string(text), b.String()
}

// twoFigures are the one that is the memo's and another, the other way round.
func twoFigures(t *testing.T) (d drawing) {
	t.Helper()
	share := []analysis.Interval{cellOf(0.5, 0.4, 0.6)}
	form := plots.Form{Name: "Market focus", Kind: plots.Market}
	d.add(plots.PerEuro(plots.ByPeriodInput{Years: []float64{3}, HorizonYears: 10, Forms: []plots.ByPeriodForm{{Form: form, Values: share}}}))
	d.add(plots.Headline(plots.HeadlineInput{Years: []float64{3}, HorizonYears: 10, OwnYears: 3, Forms: []plots.HeadlineForm{{Form: form, Lost: share, Seen: share}}}))
	if d.err != nil {
		t.Fatal(d.err)
	}
	return d
}

// The first of a page are its title, what was compared, verdict, caveat, picture and table, in
// this order; headings go down a step at a time; the page's own script may run, and no other.
func TestPageBeginsWithTheMemo(t *testing.T) {
	d := &document{Title: "A title", Subtitle: "What was compared", Verdict: []string{"First.", strings.Repeat("Long ", 99) + ".", "Third: 7 k€."}, Caveat: "A caveat.",
		Tables: []table{
			{Title: "One", Header: []string{"", "a", "what"}, Rows: [][]string{{"x", "1 ± 2 *", "words"}, {"y", "−2 ~", "more"}, {"z", "–", "so"}}},
			{Title: "Mixed", Header: []string{"", "a"}, Rows: [][]string{{"x", "1"}, {"y", "2"}, {"z", "3"}}, mixed: true},
		}, drawing: twoFigures(t)}
	d.printed = d.Tables
	d.putFirst(0)
	page, printed := published(t, "", d)
	memo, rest, _ := strings.Cut(page, "</article>")
	at := 0
	for _, want := range []string{`<html lang="en-GB">`, "<h1>A title</h1>", "What was compared", `<li class="main">First.`, "<li>Long", "<li>Third: 7\u00a0k€.", "A caveat.",
		`id="figure-headline"`, `class="narrow"`, `<table class="sorts"><caption>One`, `<td class="best">1 ± 2<span class="sign">*</span>`, `<td class="text">words`} {
		k := strings.Index(memo[at:], want)
		if k < 0 {
			t.Fatalf("the memo lacks %q, or has it elsewhere", want)
		}
		at += k
	}
	if !strings.Contains(rest, `id="figure-per-euro"`) || !strings.Contains(rest, "<table><caption>Mixed") {
		t.Error("the second figure or table is missing below the memo, or the second sorts")
	}
	if strings.Index(printed, "One") > strings.Index(printed, "Mixed") || !strings.Contains(printed, "Mixed") {
		t.Errorf("printed in another order:\n%s", printed)
	}
	checkStructure(t, page)
}

func checkStructure(t *testing.T, page string) {
	t.Helper()
	level, ids := "1", map[string]bool{}
	for k, h := range regexp.MustCompile(`<h([1-6])`).FindAllStringSubmatch(page, -1) {
		if k == 0 != (h[1] == "1") || h[1][0] > level[0]+1 {
			t.Errorf("heading %d is of level %s after %s", k, h[1], level)
		}
		level = h[1]
	}
	for _, id := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if ids[id[1]] {
			t.Errorf("two elements are called %s", id[1])
		}
		ids[id[1]] = true
	}
	for _, to := range regexp.MustCompile(`(?:href|src|aria-labelledby)="#?([^"]*)"`).FindAllStringSubmatch(page, -1) {
		for _, id := range strings.Fields(to[1]) {
			if !ids[id] {
				t.Errorf("the page refers to %s, which it does not hold", id)
			}
		}
	}
	if bare := regexp.MustCompile(`<th>|<th [^s]`).FindString(page); bare != "" {
		t.Errorf("the head %s has no scope", bare)
	}
	script := regexp.MustCompile(`(?s)<script>(.*)</script>`).FindStringSubmatch(page)
	hash := sha256.Sum256([]byte(script[1]))
	if want := "script-src 'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) + "'"; len(script[1]) < 1000 || !strings.Contains(html.UnescapeString(page), want) {
		t.Errorf("the policy does not allow the page's script: %s", want)
	}
}

// A page of few things has no empty sections, and says in which language it is.
func TestPageOfLittle(t *testing.T) {
	page, _ := published(t, "fi", &document{Title: "Little", Caveat: "A caveat."})
	for _, not := range []string{"<figure", `id="tables"`, `id="verdict"`, `id="figures"`, "<ul></ul>"} {
		if strings.Contains(page, not) {
			t.Errorf("the page of nothing has %s", not)
		}
	}
	if !strings.Contains(page, `<html lang="fi">`) {
		t.Error("the page does not say that it is Finnish")
	}
	checkStructure(t, page)
}
