package sim

import (
	"fmt"
	"math"
)

// balanceTolerance is how far sums of hours or money may differ by rounding,
// in relation to the larger of them and 1.
const balanceTolerance = 1e-9

// Check says what does not balance, or holds a value it must not have; nil if
// all is well. It changes nothing. Tests call it after every week.
func (g *Group) Check() error {
	for _, check := range [...]func(*Group) error{
		checkHours, checkMoney, checkOffers, checkRanges, checkManager,
	} {
		if err := check(g); err != nil {
			return fmt.Errorf("week %d: %w", g.week, err)
		}
	}
	return nil
}

// balance compares two sums that must be equal.
func balance(what string, a, b float64) error {
	if math.Abs(a-b) <= balanceTolerance*max(1, math.Abs(a), math.Abs(b)) {
		return nil
	}
	return fmt.Errorf("%s do not balance: %v and %v", what, a, b)
}

// checkHours: every hour an SME had went somewhere, none was used twice.
func checkHours(g *Group) error {
	for i := range g.n {
		m := &g.members[i]
		sum := 0.0
		for u := UseRounds; u < NUses; u++ {
			if m.Ledger.Hours[u] < 0 {
				return fmt.Errorf("SME %d has used %v hours for purpose %d", i, m.Ledger.Hours[u], u)
			}
			sum += m.Ledger.Hours[u]
		}
		if err := balance(fmt.Sprintf("hours of SME %d", i), sum, m.Ledger.Hours[UseAvailable]); err != nil {
			return err
		}
	}
	return nil
}

// checkManager: the manager's granted hours are those booked and those still
// in the budget, and after the project there are none unless the SMEs pay.
func checkManager(g *Group) error {
	sum := g.manager.Budget
	for t, hours := range g.books.Tasks {
		if hours < 0 {
			return fmt.Errorf("the manager has spent %v hours on %s", hours, Task(t))
		}
		sum += hours
	}
	if err := balance("hours of the manager", sum, g.books.ManagerHours); err != nil {
		return err
	}
	switch {
	case g.manager.Budget < -balanceTolerance:
		return fmt.Errorf("the manager has overspent: %v", g.manager.Budget)
	case g.manager.Present && !g.inProject() && !g.manager.Kept:
		return fmt.Errorf("the manager is still there though nobody pays")
	case !g.manager.Present && g.manager.Budget != 0:
		return fmt.Errorf("a manager who has left has %v hours", g.manager.Budget)
	case g.books.AssistantUsed > g.books.AssistantHours*(1+balanceTolerance):
		return fmt.Errorf("assistants have overspent: %v of %v", g.books.AssistantUsed, g.books.AssistantHours)
	}
	return nil
}

// checkMoney: what the SMEs sold is what the group sold.
func checkMoney(g *Group) error {
	deals, orders := 0.0, 0.0
	for i := range g.n {
		deals += g.members[i].Ledger.DealValue
		orders += g.members[i].Ledger.OrderValue
	}
	for k := range g.former {
		deals += g.former[k].DealValue
		orders += g.former[k].OrderValue
	}
	if err := balance("first orders", deals, g.books.DealValue); err != nil {
		return err
	}
	return balance("repeat orders", orders, g.books.OrderValue)
}

// checkOffers: every open opportunity has a team of different, active SMEs and
// a stage, none sleeps when something is due, and every SME knows how many it
// has open.
func checkOffers(g *Group) error {
	var open [MaxSMEs]int
	for k := range g.open {
		o := &g.open[k]
		if o.Stage >= StageWon || o.Team.n == 0 {
			return fmt.Errorf("opportunity %d: %s with %d SMEs is still open", o.Serial, o.Stage, o.Team.n)
		}
		if o.Stage == StageNegotiation && o.Trust == 0 && o.RoundsHeld == 0 && o.RoundsLeft == 0 {
			return fmt.Errorf("opportunity %d negotiates without rounds", o.Serial)
		}
		if c := &g.p.Customer; o.wake > min(o.LastMeeting+int(c.AloneAfter), o.NextRound, o.LastContact+int(c.Cold)) {
			return fmt.Errorf("opportunity %d sleeps until week %d, past a meeting, a round or its end", o.Serial, o.wake)
		}
		var seen [MaxSMEs]bool
		for _, s := range o.Team.slot[:o.Team.n] {
			if seen[s] || !g.members[s].Active {
				return fmt.Errorf("opportunity %d: SME %d stands twice or is not active", o.Serial, s)
			}
			seen[s] = true
			open[s]++
		}
	}
	for i := range g.n {
		if m := &g.members[i]; m.Active && m.OpenOffers != open[i] {
			return fmt.Errorf("SME %d counts %d open opportunities, there are %d", i, m.OpenOffers, open[i])
		}
	}
	return nil
}

// checkRanges: every share is within 0 and 1, and nothing is NaN.
func checkRanges(g *Group) error {
	share := func(what string, i int, x float64) error {
		if x >= 0 && x <= 1 {
			return nil
		}
		return fmt.Errorf("%s of %d is %v", what, i, x)
	}
	var errs []error
	for i := range g.n {
		m := &g.members[i]
		errs = append(errs, share("workload", i, m.Workload), share("commitment", i, m.Commitment), share("experience", i, m.Experience),
			share("fairness", i, m.Fairness), share("satisfaction", i, m.Satisfaction), share("the manager's knowledge", i, m.Known),
			share("activity", i, m.Activity), share("share of expectations", i, 1/(1+m.Expectations)), share("share of results", i, 1/(1+m.Results)))
		for j := range g.n {
			if i == j {
				continue
			}
			q := &g.pairs
			errs = append(errs, share("trust", i, q.Trust[i][j]), share("complementarity", i, q.Complementarity[i][j]),
				share("rivalry", i, q.Rivalry[i][j]), share("joint hours", i, 1/(1+q.Joint[i][j])))
		}
	}
	for k := range g.open {
		o := &g.open[k]
		errs = append(errs, share("customer trust", o.Serial, o.Trust), share("fit", o.Serial, o.Fit),
			share("coverage", o.Serial, o.Coverage), share("vested trust", o.Serial, o.Vested))
	}
	for k := range g.buyers {
		errs = append(errs, share("satisfaction of customer", g.buyers[k].Serial, g.buyers[k].Satisfaction))
	}
	for j := range g.nMarket {
		errs = append(errs, share("market knowledge", j, g.markets[j].Knowledge))
	}
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
