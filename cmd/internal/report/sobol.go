package report

import (
	"cmp"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strings"

	"epgsim/cmd/internal/tell"
	"epgsim/plots"
	"epgsim/sim/analysis"
	"epgsim/sim/experiment"
)

func (f *finding) sobol(seen *Observed, o *experiment.Observed) error {
	sweep, err := experiment.NewSweep(seen.Design)
	if err != nil {
		return err
	}
	runs, err := o.Saltelli(sweep.Batches())
	if err != nil {
		return err
	}
	sets := backing(seen.Design.Factors, o.Groups)
	runs.Sums = sets[:]
	s := analysis.Sobol(runs)
	f.noteSobol(o.Groups, &s)
	if f.leftOut(s.LeftOut, len(runs.A), "base samples") {
		return nil
	}
	if !(s.Variance.Estimate > 0) {
		f.say("what the factors make of it cannot be told from luck, so there is nothing to share out; %s", moreLuck(seen))
		return nil
	}
	names := seen.names(o.Groups)
	f.say("%s", f.sobolVerdict(seen, names, &s))
	f.evidence(sets, names, &s)
	f.tables = append(f.tables, f.sobolTable(names, &s))
	in := plots.SobolInput{Outcome: f.measure(seen, seen.rowsText()), Sum: s.FirstSum.Interval, Luck: s.Luck.Interval}
	for g, name := range o.Groups {
		in.Factors = append(in.Factors, plots.SobolFactor{Factor: seen.factor(name), First: s.First[g].Interval, Total: s.Total[g].Interval})
	}
	f.add(plots.SobolBars(in))
	if s.Second == nil {
		return nil
	}
	pairs := plots.SobolPairsInput{Outcome: in.Outcome}
	for k := range o.Groups {
		for l := range k {
			pairs.Pairs = append(pairs.Pairs, plots.SobolPair{A: seen.factor(o.Groups[l]), B: seen.factor(o.Groups[k]), Second: s.Second[l][k].Interval})
		}
	}
	f.add(plots.SobolPairs(pairs))
	return nil
}

func (f *finding) noteSobol(groups []string, s *analysis.SobolIndices) {
	f.note("mean", "", "", "", s.Mean.Interval)
	f.note("variance", "", "", "", s.Variance.Interval)
	f.note("luck", "", "", "", s.Luck.Interval)
	f.note("first_sum", "", "", "", s.FirstSum.Interval)
	for g, name := range groups {
		f.note("first", name, "", "", s.First[g].Interval)
		f.note("total", name, "", "", s.Total[g].Interval)
	}
	for k := range s.Second {
		for l := range k {
			f.note("second", groups[l], groups[k], "", s.Second[l][k].Interval)
		}
	}
}

func (f *finding) sobolTable(names []string, s *analysis.SobolIndices) table {
	t := table{Title: fmt.Sprintf("%s: share of the variance of its expected value, in %% (95 %% interval)", f.outcome.Info().Label),
		Header: []string{"", "by itself (first order)  ", "in all (total)  "}}
	var shares []analysis.Interval
	for _, g := range s.Order {
		first, total := s.First[g].Interval, s.Total[g].Interval
		t.Rows = append(t.Rows, []string{names[g], mark(percentCell(first), analysis.Noise(first)), mark(percentCell(total), analysis.Noise(total))})
		shares = append(shares, first, total)
	}
	t.Rows = append(t.Rows, []string{"each by itself, added up", percentCell(s.FirstSum.Interval) + "  ", ""})
	if s.Luck.Estimate == s.Luck.Estimate {
		t.Rows = append(t.Rows, []string{"luck, of the variance of a single run", percentCell(s.Luck.Interval) + "  ", ""})
	}
	t.Note = "~ not told apart from none. What the sum lacks to 100 % is what factors do together."
	for _, n := range shareNotes(shares) {
		t.Note += " An index is " + n + "."
	}
	t.Note = tell.Wrap(t.Note, 100, "")
	return t
}

// shareNotes explain shares below zero and above one. Where any is so by more
// than chance, that is what is to be known, and others are not excused by chance.
func shareNotes(shares []analysis.Interval) []string {
	var sure, chance []string
	for _, iv := range shares {
		notes := &chance
		if iv.High < 0 || iv.Low > 1 {
			notes = &sure
		}
		if n := analysis.ShareNote(iv); n != "" && !slices.Contains(*notes, n) {
			*notes = append(*notes, n)
		}
	}
	if len(sure) > 0 {
		return sure
	}
	return chance
}

// percentCell is a cell for a share, never coarser than the verdict's whole per cent.
func percentCell(iv analysis.Interval) string {
	if iv.High-iv.Low >= 0.6 { // which would be told in tens
		return strings.Replace(wholePercent(iv), " %", "", 1)
	}
	return ranged(inPercent(iv))
}

// sobolVerdict says what matters, in words no firmer than the intervals.
func (f *finding) sobolVerdict(seen *Observed, names []string, s *analysis.SobolIndices) string {
	var b strings.Builder
	switch l := s.Luck.Interval; {
	case l.Estimate != l.Estimate:
		b.WriteString("with one replication luck cannot be told from the factors: what follows is of this one luck. ")
	case l.Low != l.Low:
		fmt.Fprintf(&b, "about %.0f %% of the variance of a single group's result is plain luck, but two replications do not tell how sure that is. ", 100*l.Estimate)
	default:
		fmt.Fprintf(&b, "%s of the variance of a single group's result is plain luck, the rest is due to the factors. ", wholePercent(l))
	}
	var most, none []string
	for _, g := range s.Order {
		switch iv := s.Total[g].Interval; {
		case !(iv.Low > 0):
			if !(s.First[g].Low > 0) {
				none = append(none, names[g])
			}
		case len(most) < 3:
			most = append(most, fmt.Sprintf("%s with %s", names[g], wholePercent(iv)))
		}
	}
	fmt.Fprintf(&b, "Of the variance due to the factors most goes, in all, through %s.", list(most))
	if n := len(none); n > 0 {
		fmt.Fprintf(&b, " %d of %d factors cannot be told from none.", n, len(names))
	}
	if analysis.Noise(s.Variance.Interval) && s.Variance.Replications > 1 {
		fmt.Fprintf(&b, " How large that variance is is itself hardly known: %s.", moreLuck(seen))
	}
	for rank, gap := range s.Gaps[:min(3, len(s.Gaps))] {
		if analysis.Noise(gap.Interval) {
			fmt.Fprintf(&b, " %s and %s cannot be ranked: %s.", tell.Capital(names[s.Order[rank]]), names[s.Order[rank+1]], neededText(gap, seen.Design.Points, "base samples"))
			break
		}
	}
	return b.String()
}

// wholePercent is a share with its interval in whole per cent, so that a list
// of them keeps its order.
func wholePercent(iv analysis.Interval) string {
	whole := func(share float64) int { return int(math.Round(100 * share)) } // and so no -0
	return strings.ReplaceAll(fmt.Sprintf("%d %% (%d to %d)", whole(iv.Estimate), whole(iv.Low), whole(iv.High)), "-", analysis.Minus)
}

// moreLuck asks for more replications than there are.
func moreLuck(seen *Observed) string {
	r := seen.Head.Replications
	return fmt.Sprintf("run more replications (--replications %d)", max(10, 2*r))
}

// mostPoints and mostReplicationsAsked limit what is recommended.
const (
	mostPoints            = 1 << 20
	mostReplicationsAsked = 1000
)

// neededText says how much more would tell two factors apart. More points are
// another design, and the next power of two spreads them best; replications
// are added to the data set as it is.
func neededText(gap analysis.Crossed, points int, blocks string) string {
	n := gap.ToTell(mostPoints, mostReplicationsAsked)
	var ways []string
	if n.Blocks > 0 {
		all := points + n.Blocks
		if blocks == "base samples" {
			all = 1 << bits.Len(uint(all-1))
		}
		ways = append(ways, fmt.Sprintf("about %d %s (points = %d, a new data set) would", all, blocks, all))
	}
	if n.Replications > 0 {
		ways = append(ways, fmt.Sprintf("about %d more replications (--replications %d) would", n.Replications, gap.Replications+n.Replications))
	}
	if n.LuckFirst {
		slices.Reverse(ways)
	}
	if len(ways) == 0 {
		return "no size within reason would tell them apart; for all that is known they matter alike"
	}
	return strings.Join(ways, ", or ")
}

// list joins words as in a sentence.
func list(words []string) string {
	return cmp.Or(tell.Language{}.List(words), "nothing that can be told")
}

// told is a sentence about some words, or nothing when there are none.
func told(format string, words []string) string {
	if len(words) == 0 {
		return ""
	}
	return " " + fmt.Sprintf(format, few(words))
}

// few are the first of many words, as in a sentence.
func few(words []string) string {
	const most = 5
	if n := len(words) - most; n > 1 {
		return fmt.Sprintf("%s and %d others", strings.Join(words[:most], ", "), n)
	}
	return list(words)
}
