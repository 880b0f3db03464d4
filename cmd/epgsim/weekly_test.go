package main

import (
	"path/filepath"
	"strconv"
	"testing"
)

// The n of weekly is how many values went in that week: fewer than replications
// where a group has, say, no hub.
func TestWeeklyCountsValues(t *testing.T) {
	t.Parallel()
	const replications = 8
	dir := filepath.Join(t.TempDir(), "out")
	done(t, "run", "food-products", "-n", strconv.Itoa(replications), "--series", strconv.Itoa(replications), "-q", "--format", "csv", "-o", dir)
	series, weekly := csvColumns(t, read(t, dir, "series.csv")), csvColumns(t, read(t, dir, "weekly.csv"))
	type cell struct{ years, week, quantity string }
	values := map[cell]int{}
	for name, column := range series {
		for i, value := range column {
			if value != "" {
				values[cell{series["project_years"][i], series["week"][i], name}]++
			}
		}
	}
	fewer := 0
	for k, n := range weekly["n"] {
		c := cell{weekly["project_years"][k], weekly["week"][k], weekly["quantity"][k]}
		if n != strconv.Itoa(values[c]) {
			t.Fatalf("%+v: n is %s, and %d values went in", c, n, values[c])
		}
		if values[c] < replications {
			fewer++
		}
	}
	if fewer == 0 {
		t.Error("no value is missing: the test shows nothing")
	}
}
