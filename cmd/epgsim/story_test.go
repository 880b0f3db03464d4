package main

import (
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"

	"epgsim/cmd/internal/tell"
	"epgsim/sim"
	"epgsim/sim/scenario"
)

// The page to be read aloud is one of the replication that it names, says what
// that one sells with and without the stop, and has a sentence a quarter.
func TestStoryIsOfTheReplicationItNames(t *testing.T) {
	t.Parallel()
	spaces := strings.NewReplacer("\n", " ", "\u202f", "")
	for _, name := range some(2, []string{"boat-building-system", "food-products", "short-system-project", "open-group"}) {
		s, err := scenario.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		p, on := s.Frozen(), s.Frozen()
		on.Project.Years = on.Project.Horizon
		text := done(t, "trace", name, "--story", "--seed", "3")
		flat := spaces.Replace(text)
		var r uint64
		if _, err := fmt.Sscanf(flat[strings.Index(flat, "This is replication"):], "This is replication %d of seed 3, told because it is the one of 101 that is nearest", &r); err != nil {
			t.Fatalf("%v: %s", err, text)
		}
		sold := func(p *sim.Params, r uint64) float64 { return sim.NewGroup().Run(p, 3, r).Get(sim.ValueTotal) }
		stopped, all := sold(&p, r), sold(&on, r)
		for _, want := range []string{fmt.Sprintf("%.0f k€", stopped), fmt.Sprintf("%.0f k€", all), fmt.Sprintf("Stopping has cost this group %.0f k€", all-stopped)} {
			if stopped > 0 && all > stopped && !strings.Contains(flat, want) {
				t.Errorf("%s, replication %d: it does not say %q:\n%s", name, r, want, text)
			}
		}
		var below, above int
		for k := range uint64(storiesLookedAt) {
			switch cost := sold(&on, k) - sold(&p, k); {
			case cost < all-stopped-1e-9:
				below++
			case cost > all-stopped+1e-9:
				above++
			}
		}
		if below > storiesLookedAt/2 || above > storiesLookedAt/2 {
			t.Errorf("%s: %d replications lose less and %d more than the one told", name, below, above)
		}
		told := map[string]int{}
		for _, quarter := range regexp.MustCompile(`(?m)^Year \d+, quarter \d`).FindAllString(text, -1) {
			told[quarter]++
		}
		if n := len(told); n < 3 || n > 20 || strings.Count(text, "\n") > 70 {
			t.Errorf("%s: %d quarters in %d lines are no page", name, n, strings.Count(text, "\n"))
		}
		for quarter, n := range told {
			if n > 1 {
				t.Errorf("%s: %s is told %d times", name, quarter, n)
			}
		}
	}
}

// It is told in every language, whole; another replication only when asked for.
func TestStoryInEveryLanguage(t *testing.T) {
	t.Parallel()
	for lang, stop := range map[string]string{"en": "The music stops", "fi": "Musiikki loppuu", "sv": "Musiken tystnar"} {
		text := done(t, "trace", "boat-building-system", "--story", "--lang", lang)
		if !strings.Contains(text, stop) || strings.Contains(text, "%!") || strings.Contains(text, "NaN") || lang != "en" && regexp.MustCompile(`\b(the|customer|year)\b`).MatchString(text) {
			t.Errorf("%s: %s", lang, text)
		}
	}
	asked := done(t, "trace", "base", "--story", "-r", "17")
	if !strings.Contains(asked, "replication 17 of seed 1") {
		t.Errorf("asked for replication 17: %s", asked)
	}
	if long := done(t, "trace", "base", "--story", "--set", "project.years=10"); strings.Contains(long, "music on for") || !strings.Contains(long, "in what is sold") {
		t.Errorf("a project up to the horizon: %s", long)
	}
	for _, c := range [][2]string{
		{"--story --from 3", "--story with --from: "}, {"--story --format jsonl", "--story with --format: "}, {"--lang fi", "--lang fi: is the language of --story"},
	} {
		if code, stdout, stderr := call(append([]string{"trace", "base"}, strings.Fields(c[0])...)...); code != exitUsage || stdout != "" || !strings.HasPrefix(stderr, "epgsim: "+c[1]) {
			t.Errorf("%s: %d %q %q", c[0], code, stdout, stderr)
		}
	}
}

func TestNearestMedian(t *testing.T) {
	for _, c := range []struct {
		values []float64
		want   uint64
	}{{[]float64{5}, 0}, {[]float64{9, 1, 5, 2, 7}, 2}, {[]float64{0, 0, 0, 8}, 0}, {[]float64{math.MaxFloat64, -1, 3}, 2}} {
		if got := nearestMedian(c.values); got != c.want {
			t.Errorf("%v: %d, want %d", c.values, got, c.want)
		}
	}
	if len(tell.Languages) != 3 {
		t.Error("a language has no story looked at")
	}
}
