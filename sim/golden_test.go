package sim

import (
	"crypto/sha256"
	"encoding/binary"
	"flag"
	"fmt"
	"hash"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden results anew; never do it to make a test pass that should not")

const goldenFile = "testdata/golden.txt"

// goldenLines are golden runs of the forms: a line for each setting and number,
// which says what it came to. A new outcome, column or kind of event adds lines;
// an accident shows in those of what has moved.
func goldenLines() string {
	var b strings.Builder
	for _, f := range forms {
		for _, open := range []float64{0, 1} {
			p := at(map[string]float64{"group.focus": f.focus, "group.open": open, "markets.count": 2, "markets.assistant": 5})
			for _, line := range goldenSetting(&p) {
				fmt.Fprintf(&b, "%s open=%v %s\n", f.name, open, line)
			}
		}
	}
	return b.String()
}

// goldenSetting runs 20 replications. Of outcomes and weekly columns it has the
// sum of the values, in the order in which they come, and how many are missing; of
// events their number and a hash of all they say; of the members' ledgers a hash.
func goldenSetting(p *Params) (lines []string) {
	var values [NOutcomes]goldenSum
	var weekly [NColumns]goldenSum
	var heard [NEvents]int
	var events [NEvents]hash.Hash
	for k := range events {
		events[k] = sha256.New()
	}
	ledgers, scorecards := sha256.New(), sha256.New()
	g, s := NewGroup(), new(Series)
	g.Record(s)
	g.Watch(func(e Event) {
		heard[e.Kind]++
		write(events[e.Kind], float64(e.Week), float64(e.SME), float64(e.Other), float64(e.Opportunity), float64(e.OpportunityKind), float64(e.Market),
			float64(e.Why), float64(e.Reason))
		write(events[e.Kind], e.Numbers[:]...)
		_, _ = events[e.Kind].Write(e.Team.Members())
	})
	for r := range uint64(20) {
		result := g.Run(p, 42, r)
		for o, v := range result.Values {
			values[o].add(v)
		}
		for c := range s.Columns {
			for _, v := range s.Columns[c] {
				weekly[c].add(v)
			}
		}
		for _, t := range result.ByYear {
			write(ledgers, t.Value, t.Expected, t.Public, t.Private, t.JointActs)
		}
		for _, l := range result.SMEs {
			write(ledgers, l.Hours[:]...)
			write(ledgers, l.Received, l.Activity, float64(l.Deals), float64(l.Orders), l.DealValue, l.OrderValue, l.Fairness, float64(l.Quarters), l.Gained)
			write(scorecards, l.Fees, l.Satisfaction, float64(l.Weeks), float64(l.Joined), float64(l.Left), float64(l.Why), float64(l.Customers))
		}
	}
	for o := range NOutcomes {
		lines = append(lines, fmt.Sprintf("outcome %s %s", o, values[o]))
	}
	for c := range NColumns {
		lines = append(lines, fmt.Sprintf("column %s %s", c.Info().Name, weekly[c]))
	}
	for k := range NEvents {
		lines = append(lines, fmt.Sprintf("event %s %d %.8x", k, heard[k], events[k].Sum(nil)))
	}
	return append(lines, fmt.Sprintf("ledgers %.8x", ledgers.Sum(nil)), fmt.Sprintf("scorecards %.8x", scorecards.Sum(nil)))
}

// goldenSum is the sum of the values that are not missing.
type goldenSum struct {
	sum     float64
	missing int
}

func (s *goldenSum) add(v float64) {
	if math.IsNaN(v) {
		s.missing++
		return
	}
	s.sum += v
}

func (s goldenSum) String() string {
	if s.missing > 0 {
		return fmt.Sprintf("%v, %d missing", s.sum, s.missing)
	}
	return fmt.Sprint(s.sum)
}

// write hashes the bits of numbers. Those of a NaN differ between platforms.
func write(h hash.Hash, numbers ...float64) {
	for _, v := range numbers {
		if math.IsNaN(v) {
			v = math.MaxFloat64
		}
		var b [8]byte
		binary.LittleEndian.PutUint64(b[:], math.Float64bits(v))
		_, _ = h.Write(b[:])
	}
}

// The same seed gives the same bits, on this platform as on every other.
func TestGoldenResults(t *testing.T) {
	got := goldenLines()
	if *update {
		if err := os.WriteFile(goldenFile, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	was, is := strings.Split(string(want), "\n"), strings.Split(got, "\n")
	t.Errorf("results are not those of %s. Gone are the lines\n%s\nand new are\n%s\nUsual causes: the model was changed on purpose (then run go test ./sim -run Golden -update and say so in the commit); "+
		"a draw without an address of its own; a map iterated; a product not rounded before a sum; a function of package math",
		goldenFile, only(was, is), only(is, was))
}

// only are the first lines of a that are not in b.
func only(a, b []string) string {
	in := map[string]bool{}
	for _, line := range b {
		in[line] = true
	}
	a = slices.DeleteFunc(slices.Clone(a), func(line string) bool { return in[line] })
	if n := len(a); n > 12 {
		a = append(a[:12], fmt.Sprintf("and %d more", n-12))
	}
	return strings.Join(a, "\n")
}
