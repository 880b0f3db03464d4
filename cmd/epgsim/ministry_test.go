package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

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
