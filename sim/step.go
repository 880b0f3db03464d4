package sim

// Step lets one week pass: who decides what, in this order. Beside each call
// stand its file and its section of ODD.md. After Reset it may be called as many
// times as the parameters have weeks.
func (g *Group) Step() {
	// The week begins: how busy everybody is, which links offers wait for.
	g.drawWorkloads()   // sme.go, 7.2
	g.bringTogether()   // promoter.go, 7.21
	g.findWantedLinks() // joint.go, 7.3
	g.holdCommittees()  // committees.go, 7.22

	// The manager plans: duties, then customers in the queue, then new ones.
	g.startManagerWeek() // manager.go, 7.4
	g.guideAndMediate()  // manager.go, 7.4
	g.meetCustomers()    // manager.go, 7.5
	g.seekCustomers()    // search.go, 7.6

	// The SMEs plan: what others wait for first, joint work with what is left.
	g.holdRounds()      // negotiation.go, 7.7
	g.attendMeetings()  // sme.go, 7.8
	g.answerQuestions() // learning.go, 7.9
	g.workJointly()     // joint.go, 7.10
	g.goAlone()         // sme.go, 7.8
	g.seekAlone()       // search.go, 7.11
	g.shareActivities() // activity.go, 7.12

	// What came of it.
	g.driftTrust()           // trust.go, 7.13
	g.advanceOpportunities() // opportunity.go, 7.14
	g.fillOrders()           // order.go, 7.15
	g.forget()               // learning.go, 7.9
	g.updateCommitment()     // commitment.go, 7.16
	g.bypassSilent()         // membership.go, 7.17
	g.changeMembers()        // membership.go, 7.17
	g.changeManager()        // project.go, 7.23

	g.bookCosts() // money.go, 7.18
	g.observe()   // observe.go, 7.20
	g.week++
	g.endProject() // project.go, 7.19
}
