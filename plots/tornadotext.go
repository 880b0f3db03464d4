package plots

import (
	"fmt"
	"strings"
)

// caption names what moves the outcome most, what moves it the same way at
// both ends, and counts what may as well do nothing.
func (in TornadoInput) caption(rows []TornadoRow) string {
	var most, bent []string
	noise := 0
	for _, row := range rows {
		switch {
		case row.Noise:
			noise++
		case len(most) < 3:
			most = append(most, fmt.Sprintf("%s (%s)", row.Factor.Label, in.fromTo(row)))
		}
		if row.Bent {
			bent = append(bent, row.Factor.Label)
		}
	}
	first, second, third := "no factor moves the outcome from its base by more than luck might", "", ""
	if len(most) > 0 {
		first = "the outcome moves most with " + list(most)
	}
	if len(bent) > 0 {
		second = "highest or lowest between the ends of the range: " + few(bent)
	}
	if noise > 0 && len(most) > 0 {
		third = fmt.Sprintf("%d of %s cannot be told from having no effect (~)", noise, count(len(rows), "factor"))
	}
	return sentences(first, second, third, unshown(len(rows)), "whiskers are 95"+nbsp+"% intervals on the same luck as the base")
}

// fromTo is from where to where a factor takes the outcome.
func (in TornadoInput) fromTo(row TornadoRow) string {
	low, high := row.Low.Effect.Estimate, row.High.Effect.Estimate
	switch {
	case row.Low.none():
		return in.Outcome.change(high)
	case row.High.none():
		return in.Outcome.change(low)
	}
	return in.Outcome.change(low) + " to " + in.Outcome.change(high)
}

func (in TornadoInput) alt(rows []TornadoRow) string {
	var parts []string
	for _, row := range rows {
		s := row.Factor.inText() + ": "
		for k, e := range []TornadoEnd{row.Low, row.High} {
			if e.none() {
				continue
			}
			if k == 1 && !row.Low.none() {
				s += ", "
			}
			s += told(e.Effect, in.Outcome.change)
			if e.Level != "" {
				s += " at " + e.Level
			}
		}
		if row.Bent {
			s += ", beyond both in between"
		}
		if row.Noise {
			s += ", not to be told from no effect"
		}
		parts = append(parts, s)
	}
	return fmt.Sprintf("Tornado chart of %s from its base of %s, with 95 %% intervals, the largest first. %s.",
		firstLower(in.Outcome.Label), in.Outcome.value(in.Base.Estimate), strings.Join(parts, "; "))
}
