package report

import (
	"fmt"
	"math"
	"strings"

	"epgsim/cmd/internal/tell"
	"epgsim/sim/analysis"
)

// speech is how numbers are said in a language.
type speech struct{ tell.Language }

// amount is an estimate with its unit.
func (s speech) amount(iv analysis.Interval, unit string) string {
	return s.Number(strings.TrimSpace(number(iv) + " " + unit))
}

// ends are those of an interval of a difference.
func (s speech) ends(iv analysis.Interval) string {
	if math.IsNaN(iv.Low) || math.IsNaN(iv.High) {
		return s.Say("too few replications for an interval")
	}
	_, low, high := analysis.FormatInterval(iv, analysis.ThinSpace)
	return s.between(low, high)
}

// between is an interval as a phrase. Some languages join its ends by a dash, which could
// not be read beside a minus: an interval that has one is another phrase.
func (s speech) between(low, high string) string {
	if strings.HasPrefix(low, analysis.Minus) {
		return s.Say("%[1]s to %[2]s", s.Number(low), s.Number(high))
	}
	return s.Say("%s to %s", s.Number(low), s.Number(high))
}

// percent is a share with its interval.
func (s speech) percent(iv analysis.Interval) string {
	return s.Say("%s %% (%s)", s.Number(number(inPercent(iv))), s.ends(inPercent(iv)))
}

// digits writes a number by a format, with a minus that is one.
func (s speech) digits(format string, v float64) string {
	return strings.Replace(s.Number(fmt.Sprintf(format, v)), "-", analysis.Minus, 1)
}

// number is an estimate with the digits its interval justifies.
func number(iv analysis.Interval) string {
	e, _, _ := analysis.FormatInterval(iv, analysis.ThinSpace)
	return e
}

// shareCell is a cell for a share, whose interval is often lopsided.
func (s speech) shareCell(iv analysis.Interval) string {
	if math.IsNaN(iv.Estimate) {
		return "–"
	}
	return s.percent(iv)
}
