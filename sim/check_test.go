package sim

import (
	"fmt"
	"math"
)

// balanceTolerance is how far sums of hours or money may differ by rounding,
// in relation to the larger of them and 1.
const balanceTolerance = 1e-9

// check says what does not balance, or holds a value it must not have; nil if
// all is well. It changes nothing. Tests call it after every week.
func (g *Group) check() error {
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

// checkHours: every hour an SME had went somewhere, none was used twice; also those of
// SMEs that have left.
func checkHours(g *Group) error {
	for i := range g.n {
		if err := checkLedger(fmt.Sprintf("SME %d", i), &g.members[i].ledger); err != nil {
			return err
		}
	}
	for k := range g.former {
		if err := checkLedger(fmt.Sprintf("former SME %d", k), &g.former[k]); err != nil {
			return err
		}
	}
	return nil
}

func checkLedger(who string, l *SMELedger) error {
	sum := 0.0
	for u := UseRounds; u < NUses; u++ {
		if l.Hours[u] < 0 {
			return fmt.Errorf("%s has used %v hours for purpose %d", who, l.Hours[u], u)
		}
		sum += l.Hours[u]
	}
	return balance("hours of "+who, sum, l.Hours[UseAvailable])
}

// checkManager: the manager's granted hours are those booked and those still
// in the budget, and after the project there are none unless the SMEs pay.
func checkManager(g *Group) error {
	sum := g.manager.budget
	for t, hours := range g.books.tasks {
		if hours < 0 {
			return fmt.Errorf("the manager has spent %v hours on %s", hours, Task(t))
		}
		sum += hours
	}
	if err := balance("hours of the manager", sum, g.books.managerHours); err != nil {
		return err
	}
	switch {
	case g.manager.budget < -balanceTolerance:
		return fmt.Errorf("the manager has overspent: %v", g.manager.budget)
	case g.manager.present && !g.inProject() && !g.manager.kept:
		return fmt.Errorf("the manager is still there though nobody pays")
	case !g.manager.present && g.manager.budget != 0:
		return fmt.Errorf("a manager who has left has %v hours", g.manager.budget)
	}
	for j := range g.nMarket {
		if m := &g.markets[j]; m.helpLeft < 0 || m.helpLeft > m.assistant*(1+g.p.Manager.CarryOver)*(1+balanceTolerance) {
			return fmt.Errorf("the assistant in market %d has %v hours left, of %v a week", j, m.helpLeft, m.assistant)
		}
	}
	return nil
}

// checkMoney: what the SMEs sold is what the group sold.
func checkMoney(g *Group) error {
	deals, orders := 0.0, 0.0
	for i := range g.n {
		deals += g.members[i].ledger.DealValue
		orders += g.members[i].ledger.OrderValue
	}
	for k := range g.former {
		deals += g.former[k].DealValue
		orders += g.former[k].OrderValue
	}
	if err := balance("first orders", deals, g.books.dealValue); err != nil {
		return err
	}
	return balance("repeat orders", orders, g.books.orderValue)
}

// checkOffers: every open opportunity has a team of different, active SMEs and
// a stage, none sleeps when something is due, every SME knows how many it has
// open, and every customer has somebody who serves it.
func checkOffers(g *Group) error {
	var open [MaxSMEs]int
	for k := range g.open {
		o := &g.open[k]
		if o.stage >= StageWon || o.team.n == 0 {
			return fmt.Errorf("opportunity %d: %s with %d SMEs is still open", o.serial, o.stage, o.team.n)
		}
		if o.stage == StageNegotiation && o.roundsLeft <= 0 {
			return fmt.Errorf("opportunity %d has %d rounds left and is not decided", o.serial, o.roundsLeft)
		}
		if o.wake > min(o.lastMeeting+silence*g.pause(o), o.nextRound, o.lastContact+int(g.p.Customer.Cold)) {
			return fmt.Errorf("opportunity %d sleeps until week %d, past a meeting, a round or its end", o.serial, o.wake)
		}
		var seen [MaxSMEs]bool
		for _, s := range o.team.Members() {
			if seen[s] || !g.members[s].active {
				return fmt.Errorf("opportunity %d: SME %d stands twice or is not active", o.serial, s)
			}
			seen[s] = true
			open[s]++
		}
	}
	for k := range g.buyers {
		if g.buyers[k].team.n == 0 {
			return fmt.Errorf("nobody serves customer %d", g.buyers[k].serial)
		}
	}
	for i := range g.n {
		if m := &g.members[i]; m.active && m.openOffers != open[i] {
			return fmt.Errorf("SME %d counts %d open opportunities, there are %d", i, m.openOffers, open[i])
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
		errs = append(errs, share("workload", i, m.workload), share("commitment", i, m.commitment), share("experience", i, m.experience),
			share("fairness", i, m.fairness), share("satisfaction", i, m.satisfaction), share("the manager's knowledge", i, m.known),
			share("activity", i, m.activity), share("response", i, m.response), share("hours taken", i, m.busy), share("hours left to exports", i, m.stays), share("shared interest", i, m.sharing), share("share of expectations", i, 1/(1+m.expectations)), share("share of results", i, 1/(1+m.results)))
		for j := range g.n {
			if i == j {
				continue
			}
			q := &g.pairs
			errs = append(errs, share("trust", i, q.trust[i][j]), share("complementarity", i, q.complementarity[i][j]),
				share("rivalry", i, q.rivalry[i][j]), share("joint hours", i, 1/(1+q.joint[i][j])))
		}
	}
	for k := range g.open {
		o := &g.open[k]
		errs = append(errs, share("customer trust", o.serial, o.trust), share("fit", o.serial, o.fit),
			share("coverage", o.serial, o.coverage), share("vested trust", o.serial, o.vested.person+o.vested.name))
	}
	for k := range g.buyers {
		errs = append(errs, share("satisfaction of customer", g.buyers[k].serial, g.buyers[k].satisfaction))
	}
	for j := range g.nMarket {
		errs = append(errs, share("market knowledge", j, g.markets[j].knowledge))
	}
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
