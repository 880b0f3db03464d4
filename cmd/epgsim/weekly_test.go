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
	const replications = 20
	dir := filepath.Join(t.TempDir(), "out")
	done(t, "run", "food-products", "-n", strconv.Itoa(replications), "--series", strconv.Itoa(replications), "-q", "--format", "csv", "-o", dir)
	series, weekly := csvColumns(t, read(t, dir, "series.csv")), csvColumns(t, read(t, dir, "weekly.csv"))
	fewer := 0
	for k, n := range weekly["n"] {
		values := 0
		for i, week := range series["week"] {
			if week == weekly["week"][k] && series[weekly["quantity"][k]][i] != "" {
				values++
			}
		}
		if n != strconv.Itoa(values) {
			t.Fatalf("%s, week %s: n is %s, and %d values went in", weekly["quantity"][k], weekly["week"][k], n, values)
		}
		if values < replications {
			fewer++
		}
	}
	if fewer == 0 {
		t.Error("no value is missing: the test shows nothing")
	}
}
