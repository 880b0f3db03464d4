package sanity

// fault is what is known to be wrong.
type fault struct {
	what string
	long bool // only the whole battery is sure to see it
}

// knownFaults are the checks that the model fails as it stands. Who mends one takes
// it off.
var knownFaults = map[string]fault{
	"more is not worse":                           {what: "in systems more manager hours, assistants and cheaper meetings lower sales: the hub drowns"},
	"continuous in focus":                         {what: "SMEs other than the hub may seek customers of their own only when some other kind has a weight"},
	"places do not matter":                        {what: "ties of no complementarity go to the lowest slot"},
	"a silent member is no loss":                  {what: "a partner that never works is never bypassed"},
	"a silent member gets less":                   {what: "the manager looks at what an SME lacks, not at whether it answers"},
	"hours are no cliff":                          {what: "a round or a meeting that lacks an hour does not take place at all"},
	"hours and support matter":                    {what: "in systems the manager's product knowledge does nothing"},
	"norms are smooth":                            {what: "SMEs are all alike in how they weigh shared interest, and choose all or nothing"},
	"sales decay":                                 {what: "nothing that the manager did is missed when nobody does it"},
	"deals are dispersed":                         {what: "firms have no luck of their own in a market"},
	"single firms succeed sometimes":              {what: "firms have no luck of their own in a market"},
	"failures exist":                              {what: "a firm with simple products cannot fail"},
	"members leave":                               {what: "meetings count as results for ever"},
	"leavers' ledgers balance":                    {what: "the hours left in the week in which a member leaves are booked nowhere"},
	"nothing stranded below 0":                    {what: "open value is that at the end of the project, rescued value that at the deal"},
	"knowledge matters more for complex products": {what: "what is not known of a product hurts no more when it is complex"},
	"an assistant pays far away only":             {what: "an assistant is a second manager at a third of the cost"},
	"makers of components seldom lead":            {what: "the hub may be a maker of components"},
	"compatibility matters":                       {what: "the group is picked from so many candidates that it fits together whatever their niches", long: true},
	"middle sizes are best":                       {what: "a small group has no drawback"},
	"experience replaces skill":                   {what: "the manager's skill and the SMEs' experience do not interact", long: true},
}
