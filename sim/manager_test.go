package sim

import (
	"math"
	"testing"
)

// Unused hours can be saved for two weeks; the rest is idle.
func TestManagerSavesTwoWeeks(t *testing.T) {
	g := started(map[string]float64{"manager.admin": 0, "manager.agreement": 0, "manager.activity": 0, "group.experience": 0.9})
	for range 10 {
		g.startManagerWeek()
	}
	if want := 3 * g.p.Manager.Hours; g.manager.budget != want { // two saved, one new
		t.Errorf("the manager has %v hours, want %v", g.manager.budget, want)
	}
	if want := 7 * g.p.Manager.Hours; g.books.tasks[TaskIdle] != want {
		t.Errorf("%v hours are idle, want %v", g.books.tasks[TaskIdle], want)
	}
}

// The queue is in order of priority; when the first cannot be met the hours
// are saved for it, and nobody new is sought.
func TestQueueSavesForTheFirst(t *testing.T) {
	g := started(map[string]float64{"group.focus": 0})
	for i := range 3 {
		s := search{kind: MarketSale, nth: 0}
		s.team.add(i)
		o := g.openOpportunity(&s)
		o.value, o.lastMeeting = 100*float64(i+1), -10
	}
	g.manager.budget = g.p.Manager.Meeting * 2
	g.meetCustomers()
	if g.open[0].visited || !g.open[1].visited || !g.open[2].visited || !g.manager.waiting {
		t.Errorf("visited %v %v %v, waiting %v; want the two most valuable and waiting",
			g.open[0].visited, g.open[1].visited, g.open[2].visited, g.manager.waiting)
	}
	g.manager.budget = 1000
	tried := g.tried
	g.seekCustomers()
	if g.tried != tried {
		t.Errorf("while a customer in the queue waits, approaches by kind go from %v to %v", tried, g.tried)
	}
}

// What customers trusted the manager with as a person is lost with him or her,
// unless it was handed over at meetings that the SMEs attended.
func TestVestedTrustIsLostUnlessHandedOver(t *testing.T) {
	loss := func(presence float64) float64 {
		g := started(map[string]float64{"group.focus": 0, "project.continuation": 0})
		s := search{kind: MarketSale}
		s.team.add(0)
		o := g.openOpportunity(&s)
		for range 30 {
			o.visited, o.presence = true, presence
			g.buildTrust(o)
		}
		before := o.trust
		g.dismiss()
		return (before - o.trust) / before
	}
	alone, together := loss(0), loss(1)
	if math.Abs(alone-Defaults().Customer.Vesting) > 1e-9 {
		t.Errorf("without the SMEs %.2f of the trust is lost, want the vested share", alone)
	}
	if together > alone/2 {
		t.Errorf("with the SMEs present %.2f of the trust is lost, alone %.2f", together, alone)
	}
}

// A customer who trusts is met before one who does not yet, if all else is equal.
func TestFarCustomersWaitLonger(t *testing.T) {
	g := started(map[string]float64{"group.focus": 0})
	for range 2 {
		s := search{kind: MarketSale}
		s.team.add(0)
		g.openOpportunity(&s).lastMeeting = -10
	}
	far, near := &g.open[0], &g.open[1]
	near.trust = near.needed
	if got := g.priority(far) / g.priority(near); math.Abs(got-farPriority) > 1e-12 || got >= 1 {
		t.Errorf("a far customer's place in the queue is %v of a near one's, want %v", got, farPriority)
	}
	g.manager.budget = g.p.Manager.Meeting
	g.meetCustomers()
	if far.visited || !near.visited {
		t.Errorf("with hours for one meeting the manager visits the far customer: %v, the near one: %v", far.visited, near.visited)
	}
}

// The manager's hours with a customer go to the SMEs of the team alike, and what
// several of them take more than one is coordination.
func TestMeetingsAreBooked(t *testing.T) {
	g := started(nil)
	g.startManagerWeek()
	var team Team
	for i := range 3 {
		team.add(i)
	}
	before, budget := g.books.tasks, g.manager.budget
	g.spendIn(0, TaskMeetings, 6, &team)
	for what, got := range map[string][2]float64{
		"budget":       {budget - g.manager.budget, 6},
		"meetings":     {g.books.tasks[TaskMeetings] - before[TaskMeetings], 6 / 1.7},
		"coordination": {g.books.tasks[TaskCoordination] - before[TaskCoordination], 6 - 6/1.7},
		"received":     {g.members[2].got, 6},
		"of the rest":  {g.members[3].got, 0},
	} {
		if math.Abs(got[0]-got[1]) > 1e-9 {
			t.Errorf("%s: %v hours, want %v", what, got[0], got[1])
		}
	}
}

// After the project the SMEs seek customers themselves, and no hours of the
// manager are granted any more.
func TestSMEsGoOnAlone(t *testing.T) {
	g := started(map[string]float64{"group.focus": 0, "project.years": 1, "project.horizon": 6, "project.continuation": 0})
	for g.inProject() {
		g.Step()
	}
	tried, hours := g.tried, g.books.managerHours
	for g.week < g.p.TotalWeeks() {
		g.Step()
	}
	if g.tried == tried {
		t.Error("nobody seeks customers in five years after the project")
	}
	if g.books.managerHours != hours {
		t.Errorf("the manager worked %v hours after the project", g.books.managerHours-hours)
	}
}
