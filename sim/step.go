package sim

// Step lets one week pass: who decides what, in this order. Each line's file
// says how.
func (g *Group) Step() {
	// The week begins: how busy everybody is, which links offers wait for.
	g.drawWorkloads()   // sme.go
	g.findWantedLinks() // joint.go

	// The manager plans: duties, then customers in the queue, then new ones.
	g.startManagerWeek() // manager.go
	g.guideAndMediate()
	g.meetCustomers()
	g.seekCustomers()

	// The SMEs plan: what others wait for first, joint work with what is left.
	g.holdRounds()      // negotiation.go
	g.attendMeetings()  // sme.go
	g.answerQuestions() // learning.go
	g.workJointly()     // joint.go
	g.seekAlone()       // sme.go
	g.shareActivities() // activity.go

	// What came of it.
	g.driftTrust()           // trust.go
	g.advanceOpportunities() // opportunity.go
	g.fillOrders()           // order.go
	g.forget()               // learning.go
	g.updateCommitment()     // commitment.go
	g.changeMembers()        // membership.go

	g.bookCosts() // books.go
	g.observe()   // observe.go
	g.week++
	g.endProject() // project.go
}
