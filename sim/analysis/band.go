package analysis

import (
	"math"
	"slices"
)

// Bands describes series[replication][week] week by week. Series may end early:
// weeks a replication did not reach are missing values. Quantiles are of type
// 7, intervals of the mean are Student's t, as in Quantiles and Mean.
//
// The interval holds for each week by itself: among
// many weeks, some five in a hundred will have a true mean outside.
func Bands(series [][]float64) Band {
	weeks := 0
	for _, s := range series {
		weeks = max(weeks, len(s))
	}
	band := newBand(weeks)
	band.Counts = make([]int, weeks)
	sorted := make([]float64, 0, len(series)) // of one week, its memory that of all
	for week := range weeks {
		sorted = sorted[:0]
		for _, s := range series {
			if week < len(s) && !math.IsNaN(s[week]) {
				sorted = append(sorted, s[week])
			}
		}
		slices.Sort(sorted)
		mean := meanWithin(sorted, upper95)
		band.Counts[week], band.N = mean.N, max(band.N, mean.N)
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
