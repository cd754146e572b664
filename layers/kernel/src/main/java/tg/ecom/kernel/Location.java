package tg.ecom.kernel;

/**
 * A place on Earth, WGS 84.
 *
 * @param latitude degrees north, -90 to 90
 * @param longitude degrees east, -180 to 180
 */
public record Location(double latitude, double longitude) {
    private static final double LATITUDE_MAX = 90;
    private static final double LONGITUDE_MAX = 180;

    public Location {
        if (!(Math.abs(latitude) <= LATITUDE_MAX && Math.abs(longitude) <= LONGITUDE_MAX)) {
            throw new IllegalArgumentException(latitude + ", " + longitude + " is no place on Earth");
        }
    }
}
