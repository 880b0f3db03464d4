package plots

// Phrases that several figures of a comparison print, or that name what is measured.
// The names are the same in every figure: three quantities have three names. All are
// said by [Words], in the language of the figure.
const (
	termSeen       = "seen by the funder" // sold by the project's end
	termSeenInside = termSeen + " (by its end)"
	termLater      = "sold after its end, by year %s" // horizon
	termLost       = "lost by stopping"               // not sold by the horizon, for the project has ended

	termTrust       = "winning trust"
	termOffer       = "joint offer"
	termNegotiation = "negotiating"

	termLostTitle = "What is lost by stopping after %s" // years
	termLostEarly = "What is lost by stopping early"
	termLostSub   = "Each column is what the same group sells by year %s if its project goes on (100 %%); " +
		"it shows what becomes of that if the project ends earlier. Whiskers: 95 %% interval" // horizon
	termLostAxis = "project ends after so many years"
	termOwn      = "as in the scenario: %s" // years
	termNothing  = "nothing sold"

	termSalesTitle = "Sales of a group whose project goes on, week by week"
	termSalesSub   = "Sales added up, mean over groups, if the project went on to year %s; shaded: 95 %% interval of the mean; dashed: where projects end"
	termSalesUnit  = "sales, %s per group"

	termPeriodsTitle = "Sales by year %s with projects of different length" // horizon
	termPeriodsSub   = "Mean over groups, all counted to the end of year %s; whiskers: 95 %% interval, where larger than the sign"
	termPeriodsUnit  = "k€ per group"
	termPeriodsAxis  = "length of the project, years"

	termPerEuroTitle = "For how long? Further exports per public euro"
	termPerEuroSub   = "Exports beyond those of the same firms without the group, counted to the end of year %s. Whiskers: 95 %% interval; rings: the best length, thin: not told apart from it"
	termBest         = "best: %s (%s)" // years, euros
	termNoGain       = "never above 0"
	termPerEuroUnit  = "€ of further exports per public €"

	termStagesAxis = "weeks from the open door to the deal"
	termNoDeal     = "no deal won"
	termByYear     = "%s by year %s" // share, years

	termDealsTitle = "Groups with at least %s with new customers" // 1, 2 and 3 deals
	termDealsSub   = "Share of groups; shaded: 95 % interval; printed: the share when the project ends and at the end of the chart"
	termDealsUnit  = "share of groups"
	termDeals      = "at least %s" // 2 deals

	termEnds       = "project ends (%s)" // years
	termInterval   = "95 %% interval %s" // its ends
	termTo         = "%[1]s to %[2]s"    // the ends, of which one is below zero
	termAfter      = "after %s"          // years
	termNoInterval = "no interval"
	termAt         = " at %s" // years: at which length of the project

	termTechnology = "technology of the SMEs’ products (0–1)"

	termYears   = "years since the project’s start"
	termMissing = "; without values: %s"
	termOther   = "; grey: the others"
)
