package analysis

import (
	"cmp"
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
	values, order := make([]float64, len(series)), make([]int, len(series)) // of one week, and whose they are
	for s := range order {
		order[s] = s
	}
	for week := range weeks {
		for k, s := range order { // as last week: nearly sorted
			values[k] = math.NaN()
			if week < len(series[s]) {
				values[k] = series[s][week]
			}
		}
		if !insertionSort(values, order) {
			slices.Sort(values)
		}
		sorted := skipMissing(values)
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

// insertionSort sorts values as slices.Sort does, and their owners with them. Where that would
// take longer than sorting anew it gives up, and both are in some order.
func insertionSort(values []float64, owners []int) (sorted bool) {
	moves := 30 * len(values)
	for k, v := range values {
		owner, at := owners[k], k
		for ; at > 0 && cmp.Less(v, values[at-1]); at-- {
			values[at], owners[at] = values[at-1], owners[at-1]
		}
		values[at], owners[at] = v, owner
		if moves -= k - at; moves < 0 {
			return false
		}
	}
	return true
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
