package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"epgsim/cmd/internal/teach"
	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/scenario"
)

// What stands for compare in these tests writes what compare does.
func TestLessonsAreCompared(t *testing.T) {
	t.Parallel()
	l := lessons()[0]
	l.compared(t)
	dir := filepath.Join(t.TempDir(), "out")
	args := []string{"compare", l.name, "--vary", l.vary(), "--replications", fmt.Sprint(l.replications), "--seed", fmt.Sprint(l.seed), "--no-map", "--quiet", "--format", "csv", "--out", dir}
	for _, s := range l.settings() {
		args = append(args, "--set", s)
	}
	done(t, args...)
	for k, name := range []string{"replications.csv", "weekly.csv"} {
		if !bytes.Equal(l.tables[k], read(t, dir, name)) {
			t.Errorf("compare writes another %s", name)
		}
	}
}

// teaching starts the teaching page's server for a test.
func teaching(t *testing.T) *httptest.Server {
	t.Helper()
	return opening(t, nil)
}

// opening starts it with a scenario to open.
func opening(t *testing.T, with *scenario.Scenario) *httptest.Server {
	t.Helper()
	s, err := teach.New(teach.Config{Version: version, Open: with})
	if err != nil {
		t.Fatal(err)
	}
	h := httptest.NewServer(s.Handler())
	t.Cleanup(func() { s.Close(); h.CloseClientConnections(); h.Close() })
	return h
}

// post asks the page's server.
func post(t *testing.T, h *httptest.Server, path string, body any) []byte {
	t.Helper()
	b, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := h.Client().Post(h.URL+path, "application/json", bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: %d, %v: %.300s", path, b, answer.StatusCode, err, text)
	}
	return text
}

// value is a number of the API, null as missing.
type value float64

func (v *value) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*v = value(math.NaN())
		return nil
	}
	return json.Unmarshal(b, (*float64)(v))
}

type told struct{ Mean, Low, High value }

func (a told) is(iv analysis.Interval) bool {
	same := func(a value, b float64) bool { // null is a time beyond the horizon too
		return float64(a) == b || math.IsNaN(float64(a)) && (math.IsNaN(b) || math.IsInf(b, 1))
	}
	return same(a.Mean, iv.Estimate) && same(a.Low, iv.Low) && same(a.High, iv.High)
}

type toldForm struct {
	Key  string
	Seen []struct {
		Years float64
		told
	}
	Lost, Nothing told
	Stopped       struct {
		Sold  told
		First []value `json:"first_deal"`
	}
	Outcomes map[string]told
	Weekly   map[string]struct {
		Week                     []int
		P05, P25, P75, P95, Mean []value
	}
	Values []value
}

// ensemble asks for a lesson's ensemble and returns its last line.
func (l *lesson) ensemble(t *testing.T, h *httptest.Server) []toldForm {
	t.Helper()
	text := post(t, h, "/api/ensemble", map[string]any{"what": l.what(), "replications": l.replications, "seed": l.seed})
	last := bytes.Split(bytes.TrimSpace(text), []byte("\n"))
	var e struct {
		Done  bool
		Own   float64
		Forms []toldForm
	}
	if err := json.Unmarshal(last[len(last)-1], &e); err != nil || !e.Done || e.Own != l.own {
		t.Fatalf("%v: %.300s", err, last[len(last)-1])
	}
	return e.Forms
}

// The page shows the numbers that compare writes, to the last bit.
func TestEnsembleIsWhatCompareWrites(t *testing.T) {
	t.Parallel()
	h := teaching(t)
	for k, l := range some(4, lessons()) {
		t.Run(fmt.Sprintf("%d %s", k, l.name), func(t *testing.T) {
			replications, weekly := l.compared(t)
			forms := l.ensemble(t, h)
			if len(forms) < 3 {
				t.Fatalf("%d forms", len(forms))
			}
			for _, f := range forms {
				checkTold(t, l, f, replications, weekly)
			}
		})
	}
}

func checkTold(t *testing.T, l *lesson, f toldForm, replications, weekly map[string][]string) {
	t.Helper()
	own := rows(t, replications, f.Key, l.own, "value_project")
	if len(own) != l.replications || len(f.Values) != len(own) {
		t.Fatalf("%s: %d values, compare has %d, of %d replications", f.Key, len(f.Values), len(own), l.replications)
	}
	for r, x := range own {
		if float64(f.Values[r]) != x {
			t.Fatalf("%s replication %d: value %v, compare has %v", f.Key, r, f.Values[r], x)
		}
	}
	for o := range sim.NOutcomes {
		values := rows(t, replications, f.Key, l.own, o.String())
		iv := analysis.Mean(values)
		switch {
		case o == sim.ValueProject || o == sim.ValueTotal || o == sim.ValueAfter:
			continue // told by chance, as the outcomes of those names are
		case o == sim.FirstDealWeek || o == sim.FirstJointDealWeek:
			iv = analysis.MedianTime(values)
		case o.Info().Kind == sim.YesNo:
			iv = analysis.Share(values)
		}
		if !f.Outcomes[o.String()].is(iv) {
			t.Errorf("%s: %v is %v, compare has %v", f.Key, o, f.Outcomes[o.String()], iv)
		}
	}
	checkStopped(t, l, f, replications)
	sold := map[string]float64{} // by week, by chance, when the longest project goes on
	for k, q := range weekly["quantity"] {
		if q == sim.ColValueExpected.Info().Name && weekly["variant"][k] == f.Key && sameNumber(weekly["project_years"][k], fmt.Sprint(max(l.years, l.own))) {
			sold[weekly["week"][k]], _ = strconv.ParseFloat(weekly["mean"][k], 64)
		}
	}
	week := func(y float64) string { return fmt.Sprint(int(y) * sim.WeeksPerYear) }
	whole := 0
	for _, c := range f.Seen {
		if c.Years != math.Trunc(c.Years) {
			continue // compare has no column for it
		}
		whole++
		want := sold[week(c.Years)] / sold[week(l.years)]
		if got := float64(c.Mean); math.Abs(got-want) > 1e-9 || float64(c.Low) > got || float64(c.High) < got || sold[week(l.years)] == 0 {
			t.Errorf("%s: seen by year %v: %v, compare has %v", f.Key, c.Years, c.told, want)
		}
	}
	if whole != int(l.years) {
		t.Errorf("%s: %d whole years of %v", f.Key, whole, l.years)
	}
	for name, b := range f.Weekly {
		at := map[string]int{} // row of a week
		for k, q := range weekly["quantity"] {
			if q == name && weekly["variant"][k] == f.Key && sameNumber(weekly["project_years"][k], fmt.Sprint(l.own)) {
				at[weekly["week"][k]] = k
			}
		}
		for k, w := range b.Week {
			row, ok := at[fmt.Sprint(w)]
			for column, x := range map[string]value{"p05": b.P05[k], "p25": b.P25[k], "p75": b.P75[k], "p95": b.P95[k], "mean": b.Mean[k]} {
				if got := strconv.FormatFloat(float64(x), 'g', -1, 64); !ok || !sameNumber(weekly[column][row], got) {
					t.Fatalf("%s: %s of %s in week %d is %s, compare has %s", f.Key, column, name, w, got, weekly[column][row])
				}
			}
		}
	}
}

// checkStopped holds what is lost by stopping, and the first deals, to compare's rows.
func checkStopped(t *testing.T, l *lesson, f toldForm, replications map[string][]string) {
	t.Helper()
	stopped, on := rows(t, replications, f.Key, l.own, "value_total_expected"), rows(t, replications, f.Key, l.years, "value_total_expected")
	if lost := analysis.OneLess(analysis.RatioOfMeans(stopped, on)); !f.Lost.is(analysis.Interval{Estimate: lost.Estimate, Low: lost.Low, High: min(1, lost.High)}) {
		t.Errorf("%s: %v is lost by stopping, by compare %v", f.Key, f.Lost, lost)
	}
	if sold := analysis.Mean(stopped); !f.Stopped.Sold.is(sold) {
		t.Errorf("%s: %v is sold, by compare %v", f.Key, f.Stopped.Sold, sold)
	}
	var nothing []float64
	for r, week := range rows(t, replications, f.Key, l.own, "first_deal_week") {
		if got := float64(f.Stopped.First[r]); got != week && !(math.IsNaN(got) && math.IsNaN(week)) {
			t.Errorf("%s, replication %d: first deal in week %v, by compare %v", f.Key, r, got, week)
		}
		none := 0.0
		if !(week <= math.Round(l.own*sim.WeeksPerYear)) {
			none = 1
		}
		nothing = append(nothing, none)
	}
	if !f.Nothing.is(analysis.Share(nothing)) {
		t.Errorf("%s: %v have sold nothing when the project ends, by compare %v", f.Key, f.Nothing, analysis.Share(nothing))
	}
}

func sameNumber(a, b string) bool {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	return errX == nil && errY == nil && x == y
}

// The events of a dance are the lines of trace.
func TestDanceIsWhatTraceTells(t *testing.T) {
	t.Parallel()
	h := teaching(t)
	focus := map[string]string{"market": "0", "customer": "0.5", "system": "1"}
	for k, l := range some(2, lessons()[:8]) {
		var d struct {
			Forms []struct {
				Key    string
				Events []json.RawMessage
			}
		}
		if err := json.Unmarshal(post(t, h, "/api/dance", map[string]any{"what": l.what(), "seed": l.seed, "replication": k}), &d); err != nil {
			t.Fatal(err)
		}
		for _, f := range d.Forms {
			args := []string{"trace", l.name, "--format", "jsonl", "--all", "--replication", fmt.Sprint(k), "--seed", fmt.Sprint(l.seed)}
			for _, s := range l.settings() {
				args = append(args, "--set", s)
			}
			if v, ok := focus[f.Key]; ok {
				args = append(args, "--set", "group.focus="+v)
			}
			want := strings.Split(strings.TrimSpace(done(t, args...)), "\n")
			if len(want) < 20 || len(want) != len(f.Events) {
				t.Fatalf("%s: %d events, trace tells %d", f.Key, len(f.Events), len(want))
			}
			for n, line := range want {
				if line != string(f.Events[n]) {
					t.Fatalf("%s, event %d: %s\ntrace tells %s", f.Key, n, f.Events[n], line)
				}
			}
		}
	}
}

// "Open as scenario" gives a file that runs to the same numbers.
func TestDownloadedScenarioIsTheSame(t *testing.T) {
	t.Parallel()
	h := teaching(t)
	for _, l := range lessons() {
		var s struct{ TOML, Hash string }
		if err := json.Unmarshal(post(t, h, "/api/scenario", l.what()), &s); err != nil {
			t.Fatal(err)
		}
		var again struct{ TOML, Hash string }
		if err := json.Unmarshal(post(t, h, "/api/scenario", map[string]any{"toml": s.TOML, "file": "mine.toml"}), &again); err != nil {
			t.Fatal(err)
		}
		file, err := scenario.Parse("mine.toml", []byte(s.TOML))
		if err != nil || again != s || file.Hash() != s.Hash {
			t.Errorf("%s: the file is another scenario: %v", l.name, err)
		}
	}
}

// What is wrong with an address is said in words that help.
func TestServeRefuses(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	at := taken.Addr().String()
	_, port, _ := net.SplitHostPort(at)
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--listen", at}, "epgsim: --listen " + at + ": port " + port + " is taken, perhaps by another epgsim serve; try --listen 127.0.0.1:0"},
		{[]string{"--listen", "8080"}, "epgsim: --listen 8080: must be ADDRESS:PORT, for example 127.0.0.1:8080, or :8080 for all who can reach this machine"},
		{[]string{"--listen", "localhost:"}, "epgsim: --listen localhost:: must be ADDRESS:PORT"},
		{[]string{"--listen", "192.0.2.1:8080"}, "epgsim: --listen 192.0.2.1:8080: this machine has no address 192.0.2.1"},
		{[]string{"--listen", "127.0.0.1:99999"}, "epgsim: --listen 127.0.0.1:99999: "},
		{[]string{"--frame-ancestors", "moodle.example.org"}, "epgsim: --frame-ancestors moodle.example.org: must be the origin of a site"},
		{[]string{"--frame-ancestors", "https://moodle.example.org/"}, "epgsim: --frame-ancestors https://moodle.example.org/: must be the origin of a site"},
		{[]string{"--frame-ancestors", "https://a.example,https://*"}, "epgsim: --frame-ancestors https://*: must be the origin of a site"},
		{[]string{"--frame-ancestors", "https://a.example; script-src *"}, "epgsim: --frame-ancestors https://a.example; script-src *: must be the origin of a site"},
		{[]string{"--frame-ancestors", "javascript://a"}, "epgsim: --frame-ancestors javascript://a: must be the origin of a site"},
		{[]string{"food-product"}, "food-product: no shipped scenario of that name; did you mean food-products?"},
		{[]string{"a", "b"}, "epgsim: serve takes one SCENARIO, not 2: a b"},
	} {
		code, stdout, stderr := call(append([]string{"serve"}, c.args...)...)
		if code != exitUsage || stdout != "" || !strings.HasPrefix(stderr, c.want) {
			t.Errorf("serve %s: exit code %d, says %q%q, want %q", c.args, code, stdout, stderr, c.want)
		}
	}
}

// On all interfaces the addresses that students can type come first.
func TestAddresses(t *testing.T) {
	urls, lan := addresses(&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8080}, "")
	if lan || !slices.Equal(urls, []string{"http://127.0.0.1:8080/"}) {
		t.Errorf("on this machine: %v, %v", urls, lan)
	}
	urls, lan = addresses(&net.TCPAddr{IP: net.IPv6unspecified, Port: 80}, "")
	if !lan || urls[len(urls)-1] != "http://127.0.0.1:80/" {
		t.Errorf("on all interfaces: %v, %v", urls, lan)
	}
	if urls, lan = addresses(&net.TCPAddr{IP: net.ParseIP("fd00::1"), Port: 80}, ""); !lan || urls[0] != "http://[fd00::1]:80/" {
		t.Errorf("on one: %v, %v", urls, lan)
	}
	urls, lan = addresses(&net.TCPAddr{IP: net.IPv4(192, 168, 1, 7), Port: 80}, "teacher.school")
	if !lan || !slices.Equal(urls, []string{"http://teacher.school:80/", "http://192.168.1.7:80/"}) {
		t.Errorf("by name: %v, %v", urls, lan)
	}
}

// A name in --listen is a name of the page; a number is not.
func TestGivenName(t *testing.T) {
	for listen, want := range map[string]string{"teacher.school:8080": "teacher.school", "localhost:0": "localhost", ":8080": "", "0.0.0.0:80": "",
		"127.0.0.1:8080": "", "[::1]:8080": "", "[fe80::1%eth0]:80": ""} {
		if got := givenName(listen); got != want {
			t.Errorf("--listen %s: %q, want %q", listen, got, want)
		}
	}
}
