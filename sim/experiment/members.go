package experiment

import (
	"slices"

	"epgsim/sim"
	"epgsim/sim/analysis"
)

// Member is what the scorecard tells of one SME of a group.
type Member struct {
	Sold         float64 // k€: its share of all orders
	Learned      float64 // export experience gained
	Customers    float64 // that it serves at the end
	Satisfaction float64 // mean over its weeks as an active member; NaN without any
	Stay         Stay
}

// Stay is how long a member was active in a group that was alive, and how that ended.
type Stay struct {
	Years float64 // 0: it joined when the group had ended
	End   Leaving
}

// Leaving is how a stay ended.
type Leaving uint8

// The ends of a stay.
const (
	Stayed       Leaving = iota // until the group ended, or the horizon
	Disappointed                // by results, fairness or distrust
	Graduated                   // it no longer needed the group
	Moved                       // for reasons of its own
)

// MembersOf are the members of a group, those it has at the end first, then those that
// left an open group. Who turns passive when the group has ended has left nothing.
func MembersOf(r *sim.Result) []Member {
	out := make([]Member, len(r.SMEs))
	for k := range r.SMEs {
		l := &r.SMEs[k]
		out[k] = Member{l.Value(), l.Gained, float64(l.Customers), l.Satisfaction / float64(l.Weeks), stayOf(l, int(r.Get(sim.WeeksAlive)))}
	}
	return out
}

// stayOf is a member's stay in a group that lived for so many weeks.
func stayOf(l *sim.SMELedger, alive int) Stay {
	at, how := alive, Stayed
	if l.Left > 0 && l.Left <= alive {
		at, how = l.Left, Moved
		switch l.Why {
		case sim.ReasonResults, sim.ReasonUnfair, sim.ReasonDistrust:
			how = Disappointed
		case sim.ReasonGraduated:
			how = Graduated
		}
	}
	return Stay{float64(max(0, at-l.Joined)) / sim.WeeksPerYear, how}
}

// Between is what a stay says of leaving between two years of tenure: the years it spent
// there, and whether it ended there in one of some ways. The yearly hazard of leaving is
// how many did, by the years that all together spent.
func (s Stay) Between(from, to float64, ends ...Leaving) (years float64, left bool) {
	years = max(0, min(s.Years, to)-from)
	return years, years > 0 && s.Years <= to && slices.Contains(ends, s.End)
}

// LeavingRate is the yearly hazard that members of a variant's groups leave in one of some
// ways between two years of tenure, in the own project period.
func (c *Comparison) LeavingRate(variant int, from, to float64, ends ...Leaving) analysis.Interval {
	var left, spent []float64
	all := 0.0 // years of all groups
	for _, members := range c.members[variant] {
		n, years := 0.0, 0.0
		for _, m := range members {
			y, gone := m.Stay.Between(from, to, ends...)
			if years += y; gone {
				n++
			}
		}
		left, spent = append(left, n), append(spent, years)
		all += years
	}
	rate := analysis.RatioOfMeans(left, spent)
	rate.Low = max(0, rate.Low)
	if rate.Estimate == 0 {
		rate.High = noneOf / all
	}
	return rate
}

// noneOf is how many events one may still expect, at 95 % in both directions, where none
// was seen (Poisson): -log(0.025).
const noneOf = 3.689

// Alive is the share of a variant's groups that are alive at the end of a year, in the own
// project period.
func (c *Comparison) Alive(variant int, year float64) analysis.Interval {
	var alive []float64
	for _, weeks := range c.Of(variant, c.OwnIndex(), sim.WeeksAlive) {
		is := 0.0
		if weeks >= year*sim.WeeksPerYear {
			is = 1
		}
		alive = append(alive, is)
	}
	return analysis.Share(alive)
}

// MemberRanks are means, over a variant's groups, of a quantity of the member that has most
// of it, of the next, and so on, in the own project period; of the members a group has at
// the end. Members without a value are left out of their groups.
func (c *Comparison) MemberRanks(variant int, of func(*Member) float64) (ranks []analysis.Interval) {
	var byRank [][]float64
	size := c.Variants[variant].Params.Size()
	for _, members := range c.members[variant] {
		var values []float64
		for k := range members[:min(size, len(members))] {
			if v := of(&members[k]); v == v {
				values = append(values, v)
			}
		}
		slices.Sort(values)
		slices.Reverse(values)
		for k, v := range values {
			if k == len(byRank) {
				byRank = append(byRank, nil)
			}
			byRank[k] = append(byRank[k], v)
		}
	}
	for _, values := range byRank {
		ranks = append(ranks, analysis.Mean(values))
	}
	return ranks
}
