package main

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"

	"epgsim/sim"
	"epgsim/sim/scenario"
)

// lesson is a group as a student may have made it: a shipped scenario with
// some parameters moved.
type lesson struct {
	name         string
	set          map[string]string
	years        float64 // the horizon
	own          float64
	seed         uint64
	replications int

	once   sync.Once
	tables [2][]byte // replications.csv and weekly.csv of compare
}

// pageYears is the horizon of the shipped scenarios.
const pageYears = 10

// settings are what --set says, in a fixed order.
func (l *lesson) settings() []string {
	var all []string
	for _, key := range slices.Sorted(maps.Keys(l.set)) {
		all = append(all, key+"="+l.set[key])
	}
	return all
}

func (l *lesson) vary() string {
	if l.own == l.years {
		return fmt.Sprintf("project.years=%g", l.own)
	}
	return fmt.Sprintf("project.years=%g,%g", l.own, l.years)
}

func (l *lesson) what() map[string]any { return map[string]any{"scenario": l.name, "set": l.set} }

// lessons are twenty of them, the same in every test.
var lessons = sync.OnceValue(func() []*lesson {
	luck := rand.New(rand.NewPCG(2026, 11))
	shipped := scenario.Shipped()
	var all []*lesson
	for len(all) < 20 {
		l := &lesson{name: shipped[luck.IntN(len(shipped))].Name, years: pageYears, seed: luck.Uint64() >> 40, replications: 5 + luck.IntN(18)}
		l.set = map[string]string{"project.years": fmt.Sprint(float64(2+luck.IntN(15)) / 4), "joint.hours_system": fmt.Sprint(50 + luck.IntN(300))}
		if luck.IntN(2) == 0 {
			l.set["group.focus"] = fmt.Sprint(float64(luck.IntN(11)) / 10)
			l.set["group.technology"] = fmt.Sprint(luck.Float64())
		} else {
			l.set["group.size"] = fmt.Sprint(3 + luck.IntN(6))
			l.set["deal.value_technology"] = fmt.Sprint(luck.IntN(12))
		}
		if s, err := load(l.name, l.settings()); err == nil { // a listed group has no size to choose
			l.own = s.Params.Project.Years
			all = append(all, l)
		}
	}
	return all
})

// compared does what compare does but for figures and report, once for all
// tests, and returns its tables.
func (l *lesson) compared(t *testing.T) (replications, weekly map[string][]string) {
	t.Helper()
	l.once.Do(func() {
		o := &options{out: filepath.Join(t.TempDir(), "out"), replications: l.replications, seed: l.seed, set: l.settings(), vary: []string{l.vary()},
			format: choice{value: "csv"}}
		writeData(t, "compare", l.name, o)
		l.tables = [2][]byte{read(t, o.out, "replications.csv"), read(t, o.out, "weekly.csv")}
	})
	return csvColumns(t, l.tables[0]), csvColumns(t, l.tables[1])
}

// rows are the numbers of a column in the rows of a variant and period.
func rows(t *testing.T, table map[string][]string, variant string, years float64, column string) []float64 {
	t.Helper()
	var out []float64
	for k, v := range table["variant"] {
		if y, err := strconv.ParseFloat(table["project_years"][k], 64); err != nil || v != variant || y != years {
			continue
		}
		x := math.NaN()
		if text := table[column][k]; text != "" {
			var err error
			if x, err = strconv.ParseFloat(text, 64); err != nil {
				t.Fatal(err)
			}
		}
		out = append(out, x)
	}
	return out
}

// closed is the share of what compare's weekly table says that a variant sells by
// chance, in the longest project, that is sold by the end of a year; -1 when nothing ever is.
func closed(weekly map[string][]string, variant string, years float64, year int) float64 {
	by := func(y int) (mean float64) {
		for k, q := range weekly["quantity"] {
			if q == sim.ColValueExpected.Info().Name && weekly["variant"][k] == variant && sameNumber(weekly["project_years"][k], fmt.Sprint(years)) &&
				weekly["week"][k] == fmt.Sprint(y*sim.WeeksPerYear) {
				mean, _ = strconv.ParseFloat(weekly["mean"][k], 64)
			}
		}
		return mean
	}
	if share := by(year) / by(int(years)); !math.IsNaN(share) {
		return share
	}
	return -1
}
