package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"epgsim/cmd/internal/tell"
)

// What trace tells of a replication is what run counts for the same
// replication and seed, for each of the forms.
func TestTraceTellsTheReplicationThatRunCounts(t *testing.T) {
	t.Parallel()
	for _, name := range some(2, []string{"open-group", "paper-machinery", "boat-building-system", "food-products"}) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "out")
			done(t, "run", name, "--replications", "4", "--seed", "9", "--quiet", "--format", "csv", "--out", dir)
			rows := csvColumns(t, read(t, dir, "replications.csv"))
			deals := 0
			for r, replication := range rows["replication"] { // for each the scenario's period, and that of a project that goes on
				if want := fmt.Sprint(r / 2); len(rows["replication"]) != 8 || replication != want {
					t.Fatalf("row %d of %d is replication %s", r, len(rows["replication"]), replication)
				}
				want := func(column string) float64 {
					x, err := strconv.ParseFloat(rows[column][r], 64)
					if err != nil {
						t.Fatal(err)
					}
					return x
				}
				trace := []string{"trace", name, "--seed", "9", "--replication", replication, "--to", "520", "--set", "project.years=" + rows["project_years"][r]}
				got := tellNumbers(t, done(t, append(trace, "--format", "jsonl")...), int(math.Round(want("project_years")*52)))
				for _, column := range []string{"deals_project", "deals_total", "orders_total", "value_project", "value_total"} {
					if math.Abs(got[column]-want(column)) > 1e-9*max(1, want(column)) {
						t.Errorf("row %d: %s is %v in the trace, %v in replications.csv", r, column, got[column], want(column))
					}
				}
				deals += int(got["deals_total"])
				// The story's last words are the same sums.
				story := done(t, trace...)
				if end := fmt.Sprintf("\nIn the end: %.0f deals, %.0f k€ in all,", want("deals_total"), want("value_total")); !strings.Contains(story, end) {
					t.Errorf("row %d: the story does not end with %q", r, end)
				}
				if n := strings.Count(story, "DEAL: "); n != int(want("deals_total")) {
					t.Errorf("row %d: the story tells %d deals, replications.csv counts %v", r, n, want("deals_total"))
				}
			}
			if deals == 0 {
				t.Error("four replications without a deal test nothing; take another seed")
			}
		})
	}
}

// tellNumbers sums up a trace as replications.csv does.
func tellNumbers(t *testing.T, jsonl string, projectWeeks int) map[string]float64 {
	t.Helper()
	sums := map[string]float64{}
	last := 1
	for k, line := range strings.Split(strings.TrimSuffix(jsonl, "\n"), "\n") {
		var e tell.Event
		decoder := json.NewDecoder(strings.NewReader(line))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&e); err != nil {
			t.Fatalf("line %d: %v: %s", k+1, err, line)
		}
		if e.Week < last {
			t.Fatalf("line %d: week %d after week %d", k+1, e.Week, last)
		}
		last = e.Week
		value := e.Numbers["value_keur"]
		switch e.Event {
		case "deal":
			sums["deals_total"]++
			if e.Week <= projectWeeks {
				sums["deals_project"]++
			}
		case "order":
			sums["orders_total"]++
		default:
			continue
		}
		sums["value_total"] += value
		if e.Week <= projectWeeks {
			sums["value_project"] += value
		}
	}
	return sums
}

// csvColumns reads a CSV file by column.
func csvColumns(t *testing.T, data []byte) map[string][]string {
	t.Helper()
	records, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	columns := map[string][]string{}
	for c, name := range records[0] {
		for _, r := range records[1:] {
			columns[name] = append(columns[name], r[c])
		}
	}
	return columns
}
