package sanity

// knownFaults are the checks that the model fails as it stands, with what is wrong.
// Who mends one takes it off.
var knownFaults = map[string]string{
	"more is not worse":                           "in systems more manager hours, assistants and cheaper meetings lower sales: the hub drowns",
	"continuous in focus":                         "SMEs other than the hub may seek customers of their own only when some other kind has a weight",
	"places do not matter":                        "ties of no complementarity go to the lowest slot",
	"a silent member is no loss":                  "a partner that never works is never bypassed",
	"a silent member gets less":                   "the manager looks at what an SME lacks, not at whether it answers",
	"hours are no cliff":                          "a round or a meeting that lacks an hour does not take place at all",
	"hours and support matter":                    "in systems the manager's product knowledge does nothing",
	"norms are smooth":                            "SMEs are all alike in how they weigh shared interest, and choose all or nothing",
	"sales decay":                                 "nothing that the manager did is missed when nobody does it",
	"deals are dispersed":                         "firms have no luck of their own in a market",
	"single firms succeed sometimes":              "firms have no luck of their own in a market",
	"failures exist":                              "a firm with simple products cannot fail",
	"members leave":                               "meetings count as results for ever",
	"leavers' ledgers balance":                    "the hours left in the week in which a member leaves are booked nowhere",
	"nothing stranded below 0":                    "open value is that at the end of the project, rescued value that at the deal",
	"knowledge matters more for complex products": "what is not known of a product hurts no more when it is complex",
	"an assistant pays far away only":             "an assistant is a second manager at a third of the cost",
	"makers of components seldom lead":            "the hub may be a maker of components",
	"compatibility matters":                       "the group is picked from so many candidates that it is compatible whatever the niches",
	"middle sizes are best":                       "a small group has no drawback",
	"experience replaces skill":                   "the manager's skill and the SMEs' experience do not interact",
}
