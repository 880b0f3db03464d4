package analysis

import "slices"

// Bands describes series[replication][week] week by week. Series may end early:
// weeks a replication did not reach are missing values. See BandsOf for N.
func Bands(series [][]float64) Band {
	weeks := 0
	for _, s := range series {
		weeks = max(weeks, len(s))
	}
	return BandsOf(func(week int, dst []float64) []float64 {
		for _, s := range series {
			if week < len(s) {
				dst = append(dst, s[week])
			}
		}
		return dst
	}, weeks)
}

// BandsOf describes the weeks 0..weeks-1 of a series whose values come one
// week at a time, so that the caller need not hold them replication by
// replication. For each week column is called once, in order, with an empty
// dst; it appends the values of all replications to dst and returns it (or
// returns a slice of its own, which is only read). Quantiles are of type 7,
// intervals of the mean are Student's t, as in Quantile and Mean.
//
// Band.N is the largest number of values used in any week; where values are
// missing, fewer went in. The interval holds for each week by itself: among
// many weeks, some five in a hundred will have a true mean outside.
func BandsOf(column func(week int, dst []float64) []float64, weeks int) Band {
	weeks = max(weeks, 0)
	band := newBand(weeks)
	var dst, scratch []float64 // both reused, so memory is two columns
	for week := range weeks {
		got := column(week, dst)
		if cap(dst) < len(got) {
			dst = make([]float64, 0, len(got)) // got may belong to the caller
		}
		scratch = append(scratch[:0], got...)
		slices.Sort(scratch)
		sorted := skipMissing(scratch)
		mean := meanWithin(sorted, upper95)
		band.N = max(band.N, mean.N)
		band.Mean[week], band.Low[week], band.High[week] = mean.Estimate, mean.Low, mean.High
		band.P05[week] = Quantile(sorted, 0.05)
		band.P25[week] = Quantile(sorted, 0.25)
		band.P50[week] = Quantile(sorted, 0.50)
		band.P75[week] = Quantile(sorted, 0.75)
		band.P95[week] = Quantile(sorted, 0.95)
	}
	return band
}

// newBand returns a band of zeros, its slices cut from one block of memory.
func newBand(weeks int) Band {
	var band Band
	block := make([]float64, 8*weeks)
	for i, part := range []*[]float64{
		&band.Mean, &band.Low, &band.High, &band.P05, &band.P25, &band.P50, &band.P75, &band.P95,
	} {
		*part = block[i*weeks : (i+1)*weeks : (i+1)*weeks]
	}
	return band
}
